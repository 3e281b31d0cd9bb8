import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, AnswerLine } from './attempts.ts';
import { expectBalancedBooks } from './books.ts';
import { type ChaosDeployment, chaosActor, openChaosDeployment } from './chaos-deployment.ts';
import { chaosSeed, randomFrom } from './seed.ts';

const processes = 4;
const lanes = 16;
const attempts = Number(process.env.CHAOS_ATTEMPTS ?? 1000);
const clientKills = Number(process.env.CHAOS_CLIENT_KILLS ?? 6);
const serverKills = Number(process.env.CHAOS_SERVER_KILLS ?? 2);
/** The whole of it takes a minute more. */
const quotas = process.env.CHAOS_FULL === '1' ? [attempts, Math.floor(attempts * 0.6), 5] : [attempts, 5];

let chaos: ChaosDeployment | null = null;
const clients = new Set<ChildProcess>();
afterEach(async () => {
  const ended = chaos;
  chaos = null;
  for (const client of clients) client.kill('SIGKILL');
  await ended?.close();
});

type Blow = 'client' | 'database';

/** At which answer who is killed: half of an attempt's life is under way at any of them, in 64 lanes. */
function drawBlows(random: () => number): Map<number, Blow> {
  const blows = new Map<number, Blow>();
  const draw = (blow: Blow, count: number) => {
    for (let drawn = 0; drawn < count; ) {
      const turn = 1 + Math.floor(random() * (attempts - 1));
      if (blows.has(turn)) continue;
      blows.set(turn, blow);
      drawn += 1;
    }
  };
  draw('database', serverKills);
  draw('client', clientKills);
  return blows;
}

/** A process that makes the attempts; `said` is the end of its standard error. */
function startClient(deployment: ChaosDeployment, open: readonly number[], name: string) {
  const file = join(dirname(deployment.configFile), `attempts-${name}.json`);
  writeFileSync(file, JSON.stringify(open));
  const program = join(import.meta.dirname, 'issue-until-killed.ts');
  const client = spawn(process.execPath, [program, deployment.configFile, file, String(lanes)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  clients.add(client);
  const exited = once(client, 'exit');
  let said = '';
  client.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return { client, exited, lines: createInterface({ input: client.stdout }), said: () => said };
}

async function crashAfter(before: Promise<unknown>, { postgres }: ChaosDeployment): Promise<void> {
  await before;
  await postgres.crash();
  await postgres.restart();
}

async function issueUnderFire(deployment: ChaosDeployment, seed: number): Promise<Map<number, Answer>> {
  const random = randomFrom(seed);
  const blows = drawBlows(random);
  const answers = new Map<number, Answer>();
  const failures: string[] = [];
  let recovering: Promise<unknown> = Promise.resolve();
  /** Fails as soon as the database does not come back: nobody could finish then. */
  const lost = Promise.withResolvers<never>();
  const killed = { client: 0, database: 0 };

  const deal = (blow: Blow) => {
    killed[blow] += 1;
    if (blow === 'client') {
      const alive = [...clients].filter((client) => !client.killed);
      alive[Math.floor(random() * alive.length)]?.kill('SIGKILL');
      return;
    }
    recovering = crashAfter(recovering, deployment);
    recovering.catch(lost.reject);
  };

  /** One client's share, over as many processes as it takes. */
  const work = async (share: readonly number[], lane: number): Promise<void> => {
    for (let life = 0; ; life += 1) {
      const open = share.filter((attempt) => !answers.has(attempt));
      // A test that has failed kills its clients and removes their folder; nobody begins again then.
      if (open.length === 0 || deployment !== chaos) return;
      const { client, exited, lines, said } = startClient(deployment, open, `${lane}-${life}`);
      lines.on('line', (line) => {
        const { attempt, answer } = JSON.parse(line) as AnswerLine;
        expect(answers.has(attempt)).toBe(false);
        answers.set(attempt, answer);
        const blow = blows.get(answers.size);
        if (blow !== undefined) deal(blow);
      });
      const [[status]] = await Promise.all([exited, once(lines, 'close')]);
      clients.delete(client);
      if (status !== null && status !== 0) {
        failures.push(said());
        return;
      }
    }
  };

  const all = Array.from({ length: attempts }, (_, attempt) => attempt);
  const working = Array.from({ length: processes }, (_, lane) =>
    work(
      all.filter((attempt) => attempt % processes === lane),
      lane,
    ),
  );
  await Promise.race([Promise.all(working), lost.promise]);
  await recovering;
  expect(failures).toEqual([]);
  expect(killed).toEqual({ client: clientKills, database: serverKills });
  return answers;
}

describe(`${processes * lanes} connections of ${processes} processes issue on one server, killed at random`, {
  timeout: 300_000,
}, () => {
  for (const quota of quotas) {
    it(`${attempts} attempts on a quota of ${quota}: exactly ${quota} are out, and the books balance`, async (context) => {
      const seed = chaosSeed(`kill -9, quota ${quota}`);
      chaos = await openChaosDeployment(quota, lanes);
      if (chaos === null) return context.skip('no PostgreSQL');
      const answers = await issueUnderFire(chaos, seed);
      expect(answers.size).toBe(attempts);
      const refused = [...answers.values()].flatMap((answer) => ('refused' in answer ? [answer.refused] : []));
      expect(refused).toHaveLength(attempts - quota);
      for (const fault of new Set(refused)) expect(['quota.exhausted', 'resource.not_eligible']).toContain(fault);
      // Once more before the books are read: what counts is what a recovery finds.
      await chaos.postgres.crash();
      await chaos.postgres.restart();
      await expectBalancedBooks(chaos, quota, answers, chaosActor.userId);
    });
  }
});
