// Every operation that lists, counts, searches or looks something up, at ten thousand codes and at many, in turns on two databases
// of one private PostgreSQL: `node bench/growth/run.ts [codes, default 10000000] [records] [audit rows] [turns]`.
// There is a filing for every ten codes. Fails nothing: prints what takes more than 1.5 times as long, with its plans.
import pg from 'pg';
import type { LargeTable, Sizes } from '../../packages/server/src/main/testing/many-rows.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { type Filled, openFilled } from './filled.ts';
import { plansOf } from './plans.ts';

const few = 10_000;
const many = Number(process.argv[2] ?? 10_000_000);
const manyRecords = Number(process.argv[3] ?? many);
const audit = Number(process.argv[4] ?? many);
const turns = Number(process.argv[5] ?? 40);
const aim = 1.5;
const warming = 4;
/** An index of millions of rows has a level more than one of thousands. */
const fewPages = 40;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** As many as there are codes, and as there are records; all others are fewer. */
const ofCodes: readonly LargeTable[] = ['filing_code', 'quota_spend', 'code_clock'];
const ofRecords: readonly LargeTable[] = ['service_record', 'access', 'gate_entry'];
const tenths: readonly LargeTable[] = [
  ...([
    'filing',
    'filing_event',
    'submission',
    'resource',
    'resource_clock',
    'quota',
    'account',
    'code_event',
  ] as const),
  ...(['notice', 'idempotency', 'review_round', 'material', 'material_blob', 'authority_message'] as const),
];
const sizesOf = (codes: number, records: number, auditRows: number): Sizes => ({
  owners: codes / 250,
  rows(table) {
    if (table === 'audit') return auditRows;
    if (table === 'subject_record') return records / 4;
    if (ofRecords.includes(table)) return records;
    return ofCodes.includes(table) ? codes : codes / (tenths.includes(table) ? 10 : 100);
  },
});

const percentile = (numbers: readonly number[], share: number) =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(numbers.length * share))] ?? 0;
const formatted = (ms: number) => (ms < 10 ? ms.toFixed(2) : ms.toFixed(0));

interface Beyond {
  readonly name: string;
  readonly at: number;
}

/** In turns, so that what else the machine does meets both. */
async function compare(small: Filled, large: Filled): Promise<Beyond[]> {
  const beyond: Beyond[] = [];
  say(
    `| | ${few.toLocaleString('en')}: p50 / p95, ms | ${many.toLocaleString('en')}: p50 / p95, ms | ratio of p50 | of p95 |`,
  );
  say('|---|---:|---:|---:|---:|');
  const only = (process.env.GROWTH_ONLY ?? '').split(',');
  for (const [at, { name }] of small.questions(0).entries()) {
    if (!only.some((begin) => name.startsWith(begin))) continue;
    const times: [number[], number[]] = [[], []];
    for (let turn = -warming; turn < turns; turn += 1) {
      // Each is the first of the two as often as the other.
      for (const side of turn % 2 === 0 ? [0, 1] : [1, 0]) {
        const begunMs = performance.now();
        await [small, large][side]?.ask(at);
        if (turn >= 0) times[side]?.push(performance.now() - begunMs);
      }
    }
    const [[a50, a95], [b50, b95]] = times.map((list) => [percentile(list, 0.5), percentile(list, 0.95)]) as [
      [number, number],
      [number, number],
    ];
    const isBeyond = b95 / a95 > aim && b50 / a50 > aim;
    if (isBeyond) beyond.push({ name, at });
    const ratio = (isBeyond ? (text: string) => `**${text}**` : (text: string) => text)((b50 / a50).toFixed(2));
    say(
      `| ${name} | ${formatted(a50)} / ${formatted(a95)} | ${formatted(b50)} / ${formatted(b95)} | ${ratio} | ${(b95 / a95).toFixed(2)} |`,
    );
  }
  return beyond;
}

/** Times of a busy machine say less than what is read: of those that took longer, the ones that read more are told with their plans. */
async function explain(beyond: readonly Beyond[], small: Filled, large: Filled): Promise<void> {
  const sameReading: string[] = [];
  for (const { name, at } of beyond) {
    const [a, b] = [await plansOf(small, at), await plansOf(large, at)];
    if (b.pages <= a.pages * aim + fewPages) {
      sameReading.push(`${name} (${a.pages} and ${b.pages} pages)`);
      continue;
    }
    say(`\n${name}: ${a.pages} and ${b.pages} pages`);
    for (const line of [...a.told, ...b.told]) say(line);
  }
  say(
    `\n${beyond.length} took more than ${aim} times as long; of these the following read no more: ${sameReading.join('; ') || 'none'}`,
  );
}

const postgres = await startPrivatePostgres({ fsync: false });
if (postgres === null) throw new Error('this measurement needs PostgreSQL');
const opened: Filled[] = [];
try {
  for (const [codes, records, rows] of [
    [few, few, few],
    [many, manyRecords, audit],
  ] as const) {
    const begunMs = performance.now();
    const { url } = await postgres.createDatabase();
    const note = (text: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
    opened.push(await openFilled(url, sizesOf(codes, records, rows), note));
    say(
      `${codes.toLocaleString('en')} codes, ${records.toLocaleString('en')} records, ${(codes / 10).toLocaleString('en')} filings, ${rows.toLocaleString('en')} audit rows: made in ${((performance.now() - begunMs) / 1000).toFixed(0)} s`,
    );
  }
  const [small, large] = opened;
  if (small === undefined || large === undefined) throw new Error('both were opened');
  // What filling the tables leaves behind is over before anything is measured.
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await client.query('ALTER SYSTEM SET autovacuum = off');
  await client.query('SELECT pg_reload_conf()');
  await client.query('CHECKPOINT');
  await client.end();
  say('');
  const beyond = await compare(small, large);
  await explain(beyond, small, large);
} finally {
  for (const filled of opened) await filled.close();
  await postgres.stop();
}
