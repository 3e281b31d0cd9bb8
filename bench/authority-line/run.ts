// The steps of one filing over interface V3.0 while 500 others wait and while many do, in turns: on our side of the line and on the
// simulated authority's: `node bench/authority-line/run.ts [waiting, default 50000] [turns, default 60]`.
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { openOurs } from './ours.ts';
import { openSimulator } from './simulator.ts';

const few = 500;
const many = Number(process.argv[2] ?? 50_000);
const turns = Number(process.argv[3] ?? 60);
const warming = 5;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Side {
  steps(): Promise<Readonly<Record<string, number>>>;
  close(): Promise<unknown>;
}

const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** In turns, so that what else the machine does meets both. */
async function compare(name: string, small: Side, large: Side): Promise<void> {
  const found = { small: new Map<string, number[]>(), large: new Map<string, number[]>() };
  for (let turn = 0; turn < warming + turns; turn += 1) {
    for (const [side, into] of [
      [small, found.small],
      [large, found.large],
    ] as const) {
      for (const [step, ms] of Object.entries(await side.steps())) {
        if (turn >= warming) into.set(step, [...(into.get(step) ?? []), ms]);
      }
    }
  }
  for (const [step, list] of found.large) {
    const [of500, ofMany] = [medianOf(found.small.get(step) ?? []), medianOf(list)];
    print(`| ${name} | ${step} | ${of500.toFixed(2)} | ${ofMany.toFixed(2)} | ${(ofMany / of500).toFixed(2)} |`);
  }
  await small.close();
  await large.close();
}

print(`| | step | ${few} wait: median, ms | ${many} wait | ratio |`);
print('|---|---|---|---|---|');
const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('this measurement needs PostgreSQL');
const ours = async (waiting: number) => openOurs((await postgres.createDatabase()).url, waiting);
await compare('ours', await ours(few), await ours(many));
await postgres.stop();
await compare('simulator', await openSimulator(few), await openSimulator(many));
