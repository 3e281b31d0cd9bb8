import { parseArgs } from 'node:util';
import { startPrivatePostgres } from '../support/private-postgres.ts';
import { tableHead, tableOf, troublesOf } from './line-table.ts';
import { proveLine } from './proof.ts';

/*
 * `npm run test:authority-line -- --filings 2000`: filings of all types over interface V3.0 against the simulated authority with all
 * its faults; workers killed, sessions of the database ended; then both books are compared. Status 1 where they differ.
 */
const { values } = parseArgs({
  options: {
    filings: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    lanes: { type: 'string', default: '64' },
    kills: { type: 'string' },
    calm: { type: 'boolean', default: false },
  },
});
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const [filings, seed, lanes] = [Number(values.filings), Number(values.seed), Number(values.lanes)];
const kills = Number(values.kills ?? Math.ceil(filings / 25));
if (![filings, seed, lanes, kills].every((number) => Number.isSafeInteger(number) && number >= 0)) {
  throw new Error('npm run test:authority-line -- --filings 2000 --seed 1 --lanes 64 --kills 80');
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');

let told = 0;
/** Every filing of a few, every twentieth of many. */
const tell = (line: string): void => {
  told += 1;
  if (filings <= 50 || told % 20 === 0) print(`${new Date().toISOString()} ${told} ${line}`);
};

const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('this proof needs PostgreSQL');
try {
  const { url: databaseUrl } = await postgres.createDatabase();
  const proof = await proveLine({
    databaseUrl,
    seed,
    filings,
    lanes,
    workerKills: kills,
    sessionKills: kills,
    calm: values.calm,
    tell,
  });
  print(`seed ${seed}: ${proof.filings.length} filings in ${proof.seconds.toFixed(0)} s, ${proof.rate.toFixed(2)}/s`);
  print(tableHead);
  for (const line of tableOf(proof)) print(line);
  print(`went wrong first: ${listed(troublesOf(proof.filings))}`);
  const sent = proof.filings.filter(({ end }) => end === 'filed' || end === 'refused');
  print(`handed over: ${sent.reduce((sum, { handedOver }) => sum + handedOver, 0)}`);
  print(`workers killed: ${proof.workersKilled}, sessions ended: ${proof.sessionsEnded}`);
  print(`faults: ${listed(proof.faults)}`);
  for (const line of proof.differences) print(`differs: ${line}`);
  print(proof.differences.length === 0 ? 'both books are equal' : `${proof.differences.length} differences`);
  if (proof.differences.length > 0) process.exitCode = 1;
} finally {
  await postgres.stop();
}
