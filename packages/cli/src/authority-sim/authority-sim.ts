import { readFileSync } from 'node:fs';
import type { AuthoritySimOptions, SeedRecordsInput } from '@openbeian/authority-sim';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../io/input.ts';
import type { Lang } from '../io/read-document.ts';

interface Options {
  readonly port: number;
  readonly data?: string;
  readonly calm?: true;
  readonly seed: number;
  readonly verdictAfter: string;
  readonly records?: string;
  readonly secretFile?: string;
  readonly manualClock?: string;
  readonly lang: Lang;
}

/** `openbeian authority-sim`: the simulated authority as a process of its own, on loopback, until it is stopped. */
export function registerAuthoritySim(program: Command): void {
  const command = program
    .command('authority-sim')
    .description('运行模拟管局（短信核验、审核、备案号） / run the simulated filing authority')
    .option('--port <number>', '本机端口，0 为任选 / loopback port, 0 takes a free one', readWhole(65_535), 0)
    .option('--data <dir>', '日志目录；不填则退出后不保留 / where its journal lies; without it nothing is kept')
    .option('--calm', '关闭重复、迟到、乱序与 503 / no duplicates, lateness, disorder or 503')
    .option('--seed <number>', '随机种子 / decides codes and troubles', readWhole(Number.MAX_SAFE_INTEGER), 1)
    .option('--verdict-after <span>', '短信核验后多久给出结果 / from SMS to verdict, ISO 8601 such as PT10S', 'PT10S')
    .option('--records <file>', '已存在的备案、重名与黑名单（YAML 或 JSON） / records that exist elsewhere')
    .option(
      '--secret-file <file>',
      '内含报送接口共享密钥的文件；也可用环境变量 OPENBEIAN_AUTHORITY_SIM_SECRET / a file with the bearer token of the wire; or that variable',
    )
    .option('--manual-clock <instant>', '时钟从此刻起静止，由 /control/clock 拨动 / a clock that is moved by hand')
    .addOption(new Option('--lang <lang>', '报错语言 / language of errors').choices(['zh', 'en']).default('zh'))
    .action(async (options: Options) => {
      const { startAuthoritySim } = await import('@openbeian/authority-sim');
      const simOptions = await readOptions(command, options);
      const sim = await startAuthoritySim(simOptions).catch(async (error: unknown) => {
        throw await asInputError(error, options);
      });
      process.stdout.write(
        `模拟管局已启动 / the simulated authority listens at ${sim.url}\n` +
          `  短信核验 / SMS verification: ${sim.url}/sms\n` +
          `  模拟手机 / phones: ${sim.url}/phone\n` +
          (options.data === undefined ? '  未指定 --data，退出后不保留 / without --data nothing is kept\n' : ''),
      );
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sim.close());
    });
}

async function readOptions(command: Command, options: Options): Promise<AuthoritySimOptions> {
  const { durationMs, manualClock } = await import('@openbeian/authority-sim');
  const { port, seed, data, manualClock: startAt, records } = options;
  const secret = readSecret(options.secretFile);
  const orUsageError = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      return command.error(`error: ${(error as Error).message}`, { exitCode: 2 });
    }
  };
  return {
    port,
    seed,
    calm: options.calm === true,
    verdictAfterMs: orUsageError(() => durationMs(options.verdictAfter)),
    ...(data === undefined ? {} : { dataDir: data }),
    ...(secret === undefined ? {} : { secret }),
    ...(startAt === undefined ? {} : { clock: orUsageError(() => manualClock(startAt)) }),
    ...(records === undefined ? {} : { seedRecords: await readRecords(records, options.lang) }),
  };
}

/** Never an argument: everybody on the machine can read those in the list of processes. */
function readSecret(file: string | undefined): string | undefined {
  if (file === undefined) return process.env.OPENBEIAN_AUTHORITY_SIM_SECRET || undefined;
  try {
    const secret = readFileSync(file, 'utf8').trim();
    if (secret !== '') return secret;
  } catch {
    // Said below: what cannot be read and what is empty are fixed alike.
  }
  throw new InputError(`--secret-file ${file}: 应为内含密钥的文件 / expected a file that holds the secret`);
}

/** What the person who started it can fix exits 1 with its place; anything else stays the error it is. */
async function asInputError(error: unknown, { records, port }: Options): Promise<unknown> {
  const { DirectoryInUseError, JournalError, SimRefusal } = await import('@openbeian/authority-sim');
  // Records in the right shape that do not fit together or not into this register.
  if (error instanceof SimRefusal) {
    const lines = error.places.map(({ path, expected }) => `${records}: ${path}: ${expected}`);
    return new InputError(lines.join('\n') || `${records}: ${error.message}`);
  }
  if (error instanceof JournalError || error instanceof DirectoryInUseError) return new InputError(error.message);
  if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE') {
    return new InputError(`--port ${port}: 端口已被占用，请换一个 / the port is in use, choose another`);
  }
  return error;
}

/** @throws InputError with one line per place that does not fit. */
async function readRecords(file: string, lang: Lang): Promise<SeedRecordsInput> {
  const [{ seedRecordsShape }, { readDocument }, { Fault, parseSafely, placesOf }] = await Promise.all([
    import('@openbeian/authority-sim'),
    import('../io/read-document.ts'),
    import('@openbeian/model/fault'),
  ]);
  return readDocument(file, lang, (document) => {
    const parsed = parseSafely(seedRecordsShape, document);
    if (!parsed.success) throw new Fault('input.invalid', { places: placesOf(parsed.error) });
    return parsed.data;
  });
}

function readWhole(max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= max) return value;
    throw new InvalidArgumentError(`应为 0 到 ${max} 的整数 / expected a whole number from 0 to ${max}`);
  };
}
