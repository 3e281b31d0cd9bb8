import { setTimeout as pause } from 'node:timers/promises';
import { createClient, createCookieJar, ProblemError, UnreachableError } from '@openbeian/contract/client';
import { faultCatalogue } from '@openbeian/model/fault';
import { afterEach, expect, it } from 'vitest';
import { type OwnProcess, startOpenbeian } from '../lifecycle/child-process.ts';
import { type Answer, inLanes, keyOf } from './attempts.ts';
import { expectBalancedBooks } from './books.ts';
import { type ChaosDeployment, chaosLogin, chaosResource, openChaosDeployment } from './chaos-deployment.ts';
import { chaosSeed, randomFrom } from './seed.ts';

const servers = 3;
const lanes = 64;
const attempts = Number(process.env.CHAOS_HTTP_ATTEMPTS ?? 400);
const kills = Number(process.env.CHAOS_HTTP_KILLS ?? 4);
/** Fewer than are asked for, so that the last places are fought for. */
const quota = Math.floor(attempts * 0.9);
const readyLine = /"url":"(http:[^"]+)".*server listens/;
/** A killed server is up again within seconds, or within many on a busy machine. */
const patienceMs = 120_000;

const endings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** `servers` processes of the product; any of them can be killed, and is started again elsewhere. */
async function startServers(chaos: ChaosDeployment) {
  /** As a supervisor does: a server that finds no database says so and ends, and is started again. */
  const start = async (): Promise<OwnProcess> => {
    for (;;) {
      try {
        return await startOpenbeian(['server', '--config', chaos.configFile, '--no-console'], readyLine);
      } catch (error) {
        if (!String(error).includes(faultCatalogue['store.unavailable'].en)) throw error;
      }
    }
  };
  const running: (OwnProcess | null)[] = await Promise.all(Array.from({ length: servers }, start));
  const restarts: Promise<void>[] = [];
  endings.push(async () => {
    await Promise.all(restarts);
    for (const server of running) await server?.kill();
  });
  return {
    /** One that is up; null for a moment when none is. */
    url(turn: number): string | null {
      const up = running.filter((server) => server !== null);
      return up[turn % up.length]?.ready[1] ?? null;
    },
    kill(index: number): void {
      const server = running[index];
      if (!server) return;
      running[index] = null;
      const again = async () => {
        await server.kill();
        running[index] = await start();
      };
      restarts.push(again());
    },
    settled: () => Promise.all(restarts),
  };
}

it(`${lanes} callers of ${servers} servers issue ${attempts} times over HTTP, servers and database killed at random`, {
  timeout: 300_000 + kills * 30_000,
}, async (context) => {
  const seed = chaosSeed('kill -9 over HTTP');
  const random = randomFrom(seed);
  const chaos: ChaosDeployment | null = await openChaosDeployment(quota, Math.ceil(lanes / servers));
  if (chaos === null) return context.skip('no PostgreSQL');
  endings.push(() => chaos.close());
  const up = await startServers(chaos);

  const cookies = createCookieJar();
  const first = createClient({ baseUrl: up.url(0) ?? '', cookies });
  await first.signIn({ body: chaosLogin });
  const { userId } = await first.getSession();

  const answers = new Map<number, Answer>();
  const internal: string[] = [];
  const killed: string[] = [];
  let recovering: Promise<unknown> = Promise.resolve();
  /** Fails as soon as the database does not come back, rather than when the last caller has lost patience. */
  const lost = Promise.withResolvers<never>();
  const strikeAt = new Set<number>();
  while (strikeAt.size < kills) strikeAt.add(1 + Math.floor(random() * (attempts - 1)));
  const strike = () => {
    // Every fourth time the database, whose sessions all servers lose at once.
    const whom = killed.length % 4 === 2 ? 'database' : 'server';
    killed.push(whom);
    if (whom === 'server') return up.kill(Math.floor(random() * servers));
    const before = recovering;
    recovering = (async () => {
      await before;
      await chaos.postgres.crash();
      await chaos.postgres.restart();
    })();
    recovering.catch(lost.reject);
  };

  const answerOf = async (attempt: number): Promise<Answer> => {
    const untilMs = performance.now() + patienceMs;
    for (let turn = attempt; performance.now() < untilMs; turn += 1) {
      const baseUrl = up.url(turn);
      try {
        if (baseUrl === null) throw new UnreachableError('', '', {});
        const { codes } = await createClient({ baseUrl, cookies }).issueCodes(
          { params: { resourceId: chaosResource }, body: { count: 1 } },
          { idempotencyKey: keyOf(attempt) },
        );
        return { issued: codes.map(({ clear, code }) => ({ id: code.id, clear })) };
      } catch (error) {
        const passing =
          error instanceof UnreachableError || (error instanceof ProblemError && error.problem.retry === 'later');
        if (error instanceof ProblemError && error.code === 'internal') internal.push(error.problem.errorId ?? '');
        if (passing) await pause(30 + random() * 40);
        else if (error instanceof ProblemError) return { refused: error.code };
        else throw error;
      }
    }
    throw new Error(`attempt ${attempt} found no server in ${patienceMs / 1000} s`);
  };
  const issuing = inLanes(
    Array.from({ length: attempts }, (_, attempt) => attempt),
    lanes,
    async (attempt) => {
      answers.set(attempt, await answerOf(attempt));
      if (strikeAt.has(answers.size)) strike();
    },
  );
  await Promise.race([issuing, lost.promise]);
  await Promise.all([recovering, up.settled()]);

  expect(killed).toHaveLength(kills);
  // A lost database is told as what it is.
  expect(internal).toEqual([]);
  const refused = [...answers.values()].flatMap((answer) => ('refused' in answer ? [answer.refused] : []));
  for (const fault of new Set(refused)) expect(['quota.exhausted', 'resource.not_eligible']).toContain(fault);
  expect(refused).toHaveLength(attempts - quota);
  await expectBalancedBooks(chaos, quota, answers, userId);
});
