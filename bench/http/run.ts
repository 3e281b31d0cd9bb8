// 200 concurrent customers over a mixed day, and each kind of question alone, against bare Fastify routes that run the same
// statements, on one private PostgreSQL and in turns: `node bench/http/run.ts [readings of a turn] [writings of a turn] [turns]`.
// BENCH_KINDS=save,form measures only these. BENCH_NODE_OPTIONS=--cpu-prof profiles the server.
import { openAsks, requestOf } from './asks.ts';
import { balance, booksOf } from './books.ts';
import { type Caller, openCaller } from './caller.ts';
import { checkAnswer } from './check-answer.ts';
import { type Figures, figuresOf, type Next, type Sampled, type Side, type Turn, takeTurn } from './measure.ts';
import { aims, day, type Kind, type KindName, kinds, type Person } from './mix.ts';
import type { Plan } from './plans.ts';
import { readOff, watchStatements } from './read-off.ts';
import { customers, openWorld } from './world.ts';

const [readings = 3000, writings = 400, turns = 3] = process.argv.slice(2).map(Number);
const chosen = (process.env.BENCH_KINDS ?? '').split(',').filter(Boolean);
// The keys of `kinds`.
const names = (Object.keys(kinds) as KindName[]).filter((name) => chosen.length === 0 || chosen.includes(name));
const isWhole = chosen.length === 0;
const warming = 200;
const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Row {
  readonly what: string;
  readonly writes: boolean;
  readonly ours: Figures;
  readonly theirs: Figures;
  readonly statements: number;
}

const world = await openWorld();
try {
  watchStatements();
  const asks = await openAsks(world);
  const server = await world.startServer();
  const peer = await world.startPeer();
  const sideOf = async ({ baseUrl, pid }: { readonly baseUrl: string; readonly pid: number }): Promise<Side> => {
    const people = day.reduce((sum, { persons }) => sum + persons, 0);
    const callers: Caller[] = [];
    while (callers.length < people) callers.push(await openCaller(baseUrl));
    return { callers, pid, postmaster: world.postmaster };
  };
  /** New ones for each kind: the server closes connections on which nobody asks for some seconds. */
  const connected = async (work: (sides: Readonly<Record<'server' | 'peer', Side>>) => Promise<void>) => {
    const sides = { server: await sideOf(server), peer: await sideOf(peer) };
    await work(sides);
    for (const { callers } of Object.values(sides)) for (const caller of callers) caller.close();
  };
  const sampled: Sampled[] = [];
  const peerSampled: Sampled[] = [];
  const bare = (kind: KindName) => ({
    kind,
    request: {
      method: kinds[kind].operation === 'query' ? 'GET' : kinds[kind].writes ? 'POST' : 'GET',
      path: `/${kind}`,
      headers: {},
      body: null,
    },
  });
  const asked = (kind: KindName, n: number, person?: Person) => ({
    kind,
    request: requestOf(asks.make(kind, n, person), world),
  });

  /** What the peer is to run for so many requests of a kind; how many statements the flow needed for one. */
  async function plan(kind: KindName, count: number): Promise<number> {
    const { writes, needs }: Kind = kinds[kind];
    if (needs !== undefined && needs !== 'past') await asks.prepare(needs, 2 * count);
    const plans: Plan[] = [];
    let statements = 0;
    for (let n = 0; n < (writes ? count : 100); n += 1) {
      const off = await readOff(asks.make(kind, n % 8), world);
      plans.push(off.plan);
      statements = off.statements;
    }
    await peer.send({ kind, isOnce: writes, plans });
    return statements;
  }

  const note = (line: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
  async function measure(kind: KindName): Promise<void> {
    note(`preparing ${kind}`);
    const { writes, what }: Kind = kinds[kind];
    const each = writes ? writings : readings;
    const statements = await plan(kind, warming + turns * each);
    note('measuring');
    await world.sql.query('ANALYZE');
    const before = await booksOf(world.sql);
    const taken: Record<'server' | 'peer', Turn[]> = { server: [], peer: [] };
    await connected(async (sides) => {
      for (let turn = -1; turn < turns; turn += 1) {
        for (const side of ['server', 'peer'] as const) {
          let left = turn < 0 ? warming : each;
          const next: Next = (caller) => {
            if (left === 0) return null;
            left -= 1;
            return side === 'peer'
              ? bare(kind)
              : asked(kind, caller % (kinds[kind].person === 'customer' ? customers : 8));
          };
          const { callers, ...rest } = sides[side];
          const done = await takeTurn(
            { ...rest, callers: callers.slice(0, 200) },
            next,
            side === 'server' ? sampled : peerSampled,
          );
          if (turn >= 0) taken[side].push(done);
        }
      }
    });
    balance(kind, before, await booksOf(world.sql), 2 * (warming + turns * each));
    const [ours, theirs] = [figuresOf(taken.server), figuresOf(taken.peer)];
    report({ what, writes, ours, theirs, statements });
  }

  const row = (cells: readonly (string | number)[]) => say(`| ${cells.join(' | ')} |`);
  const whole = (value: number) => Math.round(value).toLocaleString('en');
  function report({ what, writes, ours, theirs, statements }: Row): void {
    const [speed, work] = [ours.rate / theirs.rate, theirs.processorUs / ours.processorUs];
    const aim = writes ? aims.writes : aims.reads;
    const three = ({ p50, p95, p99 }: typeof ours) => [p50, p95, p99].map(whole).join(' / ');
    row([
      what,
      whole(ours.rate),
      three(ours),
      whole(theirs.rate),
      three(theirs),
      speed.toFixed(2),
      work.toFixed(2),
      aim,
      statements,
      whole(ours.processorUs),
      whole(theirs.processorUs),
    ]);
  }

  say(
    '| | requests/s | p50 / p95 / p99, ms | bare route /s | p50 / p95 / p99, ms | ratio | by processor time | aim | statements of the flow | processor µs a request | bare route’s |',
  );
  say(`|---|${'---:|'.repeat(10)}`);
  for (const kind of names) await measure(kind);

  if (isWhole) await mixedDay();

  async function mixedDay(): Promise<void> {
    const count = (kind: KindName) =>
      day.reduce((sum, { persons, asks: list }) => sum + persons * list.filter((one) => one === kind).length, 0);
    for (const kind of names) await plan(kind, count(kind));
    await world.sql.query('ANALYZE');
    const before = await booksOf(world.sql);
    const results: Record<'server' | 'peer', Awaited<ReturnType<typeof takeTurn>>[]> = { server: [], peer: [] };
    await connected(async (sides) => {
      for (const side of ['server', 'peer'] as const) {
        const lists = day.flatMap(({ persons, asks: list, person }) =>
          Array.from({ length: persons }, (_, n) => ({ n, person, at: 0, list })),
        );
        const next: Next = (caller) => {
          const one = lists[caller];
          const kind = one?.list[one.at];
          if (one === undefined || kind === undefined) return null;
          one.at += 1;
          return side === 'peer' ? bare(kind) : asked(kind, one.n, kind === 'query' ? undefined : one.person);
        };
        results[side].push(await takeTurn(sides[side], next, side === 'server' ? sampled : peerSampled));
      }
    });
    const after = await booksOf(world.sql);
    for (const kind of names.filter((name) => kinds[name].writes)) balance(kind, before, after, 2 * count(kind));
    say(
      '\n| in the mixed day | requests | p50 / p95 / p99, ms | bare route, p50 / p95 / p99, ms |\n|---|---:|---:|---:|',
    );
    const three = (list: readonly number[]) => {
      const { p50, p95, p99 } = figuresOf([{ requests: 1, seconds: 1, processorMs: 0, tookMs: list }]);
      return [p50, p95, p99].map(whole).join(' / ');
    };
    const [ours, theirs] = [results.server[0], results.peer[0]];
    for (const kind of names) {
      const list = ours?.byKind.get(kind) ?? [];
      row([kinds[kind].what, list.length, three(list), three(theirs?.byKind.get(kind) ?? [])]);
    }
    say('');
    report({
      what: 'the mixed day',
      writes: true,
      ours: figuresOf(results.server),
      theirs: figuresOf(results.peer),
      statements: 0,
    });
  }

  for (const { kind, body } of sampled) checkAnswer(kind, body);
  say(`\n${sampled.length} answers were read and are as the contract has them; the books balance.`);
} finally {
  await world.close();
}
