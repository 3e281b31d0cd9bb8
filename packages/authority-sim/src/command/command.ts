import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseSafely, placesOf } from '@openbeian/model/fault';
import { parseSource } from '@openbeian/policies/document';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { manualClock } from '../clock.ts';
import { Director } from '../conformance/director.ts';
import { reportText } from '../conformance/report-text.ts';
import { createSimControls } from '../control/client.ts';
import { seedRecordsShape } from '../control/seed-records-shape.ts';
import { SimRefusal } from '../core/authority-core.ts';
import { DirectoryInUseError } from '../core/directory-lock.ts';
import { JournalError } from '../core/journal.ts';
import { durationMs } from '../duration.ts';
import { type AuthoritySim, type AuthoritySimOptions, startAuthoritySim } from '../start-authority-sim.ts';
import { defaultInterfaceUnit, interfaceUnitShape } from '../v3/units.ts';
import { startedText, words } from './words.ts';

interface Common {
  readonly port: number;
  readonly data?: string;
  readonly units?: string;
  readonly seed: number;
  readonly records?: string;
}
interface RunOptions extends Common {
  readonly calm?: true;
  readonly day: string;
  readonly hours: 'province' | 'always';
  readonly lenient?: true;
  readonly manualClock?: string;
  readonly secretFile?: string;
}
interface ConformanceOptions extends Common {
  readonly for: string;
  readonly out?: string;
}

/** Something that the person who started it can fix; exits 1 with its text alone. */
class UsageError extends Error {}

/**
 * `openbeian-authority-sim`: the simulated authority as a program of its own, and its conformance kit. Answers the exit code: 0, 1
 * for what cannot be started or a system that failed, 2 for wrong arguments.
 */
export async function runCommand(args: readonly string[]): Promise<number> {
  const outcome = { code: 0 };
  const program = new Command('openbeian-authority-sim')
    .description(words.description)
    .exitOverride()
    .enablePositionalOptions();
  withCommon(program)
    .option('--calm', words.calm)
    .option('--day <span>', words.day, 'PT10S')
    .addOption(new Option('--hours <which>', words.hours).choices(['province', 'always']).default('province'))
    .option('--lenient', words.lenient)
    .option('--manual-clock <instant>', words.clock)
    .option('--secret-file <file>', words.secretFile)
    .action(async (options: RunOptions) => {
      await untilStopped(await startWith(options, runOptions(options)), options);
    });
  withCommon(program.command('conformance').description(words.conformance))
    .option('--for <span>', words.lasts, 'PT30M')
    .option('--out <file>', words.out)
    .action(async (options: ConformanceOptions) => {
      outcome.code = await runConformance(options);
    });
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
  return outcome.code;
}

const withCommon = (command: Command): Command =>
  command
    .option('--port <number>', words.port, readWhole(65_535), 0)
    .option('--data <dir>', words.data)
    .option('--units <file>', words.units)
    .option('--records <file>', words.records)
    .option('--seed <number>', words.seed, readWhole(Number.MAX_SAFE_INTEGER), 1);

function runOptions({ calm, day, hours, lenient, manualClock: startAt, secretFile }: RunOptions): AuthoritySimOptions {
  return {
    calm: calm === true,
    ...(startAt !== undefined && { clock: orUsage(() => manualClock(startAt)) }),
    ...(secretFile !== undefined && { secret: readSecret(secretFile) }),
    interfaceV3: {
      hours: calm === true ? 'always' : hours,
      strict: lenient !== true,
      review: { dayMs: day === 'calendar' ? null : orUsage(() => durationMs(day)) },
    },
  };
}

async function startWith(
  { port, data, units, seed, records }: Common,
  own: AuthoritySimOptions,
): Promise<AuthoritySim> {
  const admitted = units === undefined ? {} : { units: readAs(units, z.array(interfaceUnitShape).min(1)) };
  const sim = await startAuthoritySim({
    ...own,
    port,
    seed,
    ...(data !== undefined && { dataDir: data }),
    ...(records !== undefined && { seedRecords: readAs(records, seedRecordsShape) }),
    interfaceV3: { ...own.interfaceV3, ...admitted },
  }).catch((error: unknown) => {
    throw asUsageError(error, port);
  });
  process.stdout.write(startedText(sim.url, defaultInterfaceUnit, units === undefined));
  return sim;
}

async function untilStopped(sim: AuthoritySim, { data }: Common): Promise<void> {
  if (data === undefined) process.stdout.write('  未指定 --data，退出后不保留 / without --data nothing is kept\n');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await sim.close();
}

const stepMs = 300;
/** From the last SMS to the verdict, in a conformance run. */
const verdictAfterMs = 500;

/** Runs the programme until everything was seen, the time is over, or it is stopped; then writes the report. */
async function runConformance(options: ConformanceOptions): Promise<number> {
  const lastsMs = orUsage(() => durationMs(options.for));
  const sim = await startWith(options, { calm: true, verdictAfterMs });
  process.stdout.write(
    '  让您的系统连接上述地址，上报至少八个首次备案，以及新增网站、新增接入、变更、注销网站、取消接入、注销主体 / point your system there; upload eight first filings or more, an added service, an added access, a change, and the end of a service, an access and a subject\n',
  );
  const controls = createSimControls(sim.url);
  const director = new Director(controls);
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  const endMs = performance.now() + lastsMs;
  let report = await controls.getConformance();
  while (report.verdict !== 'passed' && performance.now() < endMs && !stopped.signal.aborted) {
    await director.step();
    await sleep(stepMs);
    report = await controls.getConformance();
  }
  await sim.close();
  process.stdout.write(`\n${reportText(report)}`);
  if (options.out !== undefined) writeFileSync(options.out, `${JSON.stringify(report, null, 2)}\n`);
  return report.verdict === 'passed' ? 0 : 1;
}

function readWhole(max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= max) return value;
    throw new InvalidArgumentError(`应为 0 到 ${max} 的整数 / expected a whole number from 0 to ${max}`);
  };
}

function orUsage<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`error: ${error.message}`);
    throw error;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file}: 无法读取 / cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`);
  }
}

/** A YAML or JSON file in a shape; names each place that does not fit. */
function readAs<T extends z.ZodType>(file: string, shape: T): z.output<T> {
  const parsed = parseSource(readText(file));
  if ('problem' in parsed) throw new UsageError(`${file}:${parsed.problem.line}: ${parsed.problem.reason}`);
  const read = parseSafely(shape, parsed.document.value);
  if (read.success) return read.data;
  const lines = placesOf(read.error).map(({ path, expected }) => `${file}: ${path}: ${expected}`);
  throw new UsageError(lines.join('\n'));
}

function readSecret(file: string): string {
  const secret = readText(file).trim();
  if (secret === '') throw new UsageError(`${file}: 应为内含密钥的文件 / expected a file that holds the secret`);
  return secret;
}

/** What the person who started it can fix exits with its text alone. */
function asUsageError(error: unknown, port: number): unknown {
  if (error instanceof SimRefusal) {
    return new UsageError(error.places.map(({ path, expected }) => `${path}: ${expected}`).join('\n') || error.message);
  }
  if (error instanceof JournalError || error instanceof DirectoryInUseError) return new UsageError(error.message);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return new UsageError(`--port ${port}: 端口已被占用，请换一个 / the port is in use, choose another`);
  }
  return error;
}
