import type { Day } from '@openbeian/model/calendar';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { argumentsOrLines, printNdjson, printTexts } from '../io/lines.ts';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';
import type { MapFormat } from './map.ts';
import type { ScanFormat } from './scan-report.ts';
import { scanWords } from './words.ts';

interface GateDecideOptions {
  readonly records: string;
  readonly at?: Day;
  readonly lang: Lang;
  readonly policies?: string[];
}

interface FactsOptions extends Omit<GateDecideOptions, 'records'> {
  readonly records?: string;
  readonly snapshot?: string;
  readonly server?: string;
}

interface GateScanOptions extends FactsOptions {
  readonly format: ScanFormat;
  readonly json?: true;
  readonly top: number;
}

interface GateMapOptions extends FactsOptions {
  readonly format: MapFormat;
  readonly out: string;
}

/** By what `scan` and `map` decide: one of three. */
const withFacts = (command: Command): Command =>
  command
    .option('--records <file>', '备案记录（YAML 或 JSON） / the records')
    .addOption(
      new Option(
        '--snapshot <file>',
        '代替备案记录：网关的快照文件（二进制或 JSON） / in place of records: a gate’s snapshot, binary or JSON',
      ).conflicts('records'),
    )
    .addOption(
      new Option(
        '--server <url>',
        '代替文件：运行中的服务，网关令牌放在 OPENBEIAN_GATE_TOKEN / in place of a file: a running server, with a gate’s token in OPENBEIAN_GATE_TOKEN',
      ).conflicts(['records', 'snapshot']),
    );

function requireFacts({ records, snapshot, server }: FactsOptions, command: Command): void {
  if (records === undefined && snapshot === undefined && server === undefined) {
    command.error('应给出 --records、--snapshot 或 --server / error: --records, --snapshot or --server is missing');
  }
}

function readCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('应为正整数 / expected a whole number above 0');
}

/** `openbeian gate`: may a host be served (contract §5), and what goes with that. */
export function registerGate(program: Command): void {
  const gate = program.command('gate').description('接入阻断 / the gate: which hosts may be served');
  registerDecide(gate);
  registerScan(gate);
  registerMap(gate);
  registerKeys(gate);
  registerRun(gate);
}

const langOption = (text: string): Option => new Option('--lang <lang>', text).choices(['zh', 'en']).default('zh');
const errorLangOption = (): Option => langOption('报错语言 / language of errors');
const policiesOption = [
  '--policies <dir...>',
  '规则目录，代替自带规则 / directories of policy files instead of the bundled ones',
] as const;

/** One line of JSON for each host. */
function registerDecide(gate: Command): void {
  gate
    .command('decide')
    .description('按备案记录判断主机名能否访问，每个输出一行 JSON / decide hosts by records, one line of JSON each')
    .argument('[host...]', '主机名；不填则逐行读取标准输入 / the hosts; without any, the lines of standard input')
    .requiredOption('--records <file>', '备案记录（YAML 或 JSON） / the records')
    .option(...atOption)
    .addOption(errorLangOption())
    .option(...policiesOption)
    .action(async (hosts: string[], options: GateDecideOptions) => {
      const { decideHosts } = await import('./decide.ts');
      await printNdjson(decideHosts(argumentsOrLines(hosts), { ...options, at: dayAt(options.at) }));
    });
}

function registerScan(gate: Command): void {
  withFacts(gate.command('scan'))
    .description('从访问日志或域名列表中找出不能访问的域名，按流量排列 / unserved names in a log or list, by traffic')
    .argument('<log>', '日志或列表，可为 gzip；- 为标准输入 / the log or list, also gzip; - is standard input')
    .addOption(
      new Option('--format <format>', '输出格式 / form of the report')
        .choices(['table', 'json', 'ndjson', 'csv'])
        .default('table'),
    )
    .option('--json', '同 --format json / the same as --format json')
    .option('--top <count>', '表格列出的域名数 / names in the table', readCount, 50)
    .option(...atOption)
    .addOption(langOption('输出语言 / language'))
    .option(...policiesOption)
    .action(async (log: string, options: GateScanOptions, command: Command) => {
      requireFacts(options, command);
      const { lang, top, json, format } = options;
      const { readGateFacts } = await import('./facts.ts');
      const { scanLog } = await import('./scan.ts');
      const { scanReportText } = await import('./scan-report.ts');
      const report = await scanLog(log, lang, (await readGateFacts(options, dayAt(options.at), lang)).decide);
      await printTexts(scanReportText(report, json ? 'json' : format, lang, top));
      const { malformedLines, firstMalformed } = report.totals;
      if (malformedLines === 0) return;
      const places = firstMalformed.join(', ');
      process.stderr.write(`${scanWords.skipped(log, malformedLines, places)[lang]}\n`);
    });
}

function registerMap(gate: Command): void {
  withFacts(gate.command('map'))
    .description(
      '把备案记录编译为代理的映射文件 / compile records to a map file for a proxy that decides without a call',
    )
    .addOption(new Option('--format <format>', '代理 / the proxy').choices(['nginx', 'haproxy']).makeOptionMandatory())
    .requiredOption('--out <file>', '写到哪里，一次替换 / the file, replaced in one step')
    .option(...atOption)
    .addOption(errorLangOption())
    .option(...policiesOption)
    .action(async (options: GateMapOptions, command: Command) => {
      requireFacts(options, command);
      const { format, out, lang } = options;
      const { compileMap } = await import('./map.ts');
      const { readGateFacts } = await import('./facts.ts');
      const at = dayAt(options.at);
      const compiled = compileMap(await readGateFacts(options, at, lang), { format, out, at, lang });
      process.stdout.write(`${JSON.stringify(compiled)}\n`);
    });
}

function registerKeys(gate: Command): void {
  gate
    .command('keys')
    .description(
      '生成签名快照的密钥：私钥写入文件（服务的 gate.signingKeyFile），公钥输出（网关的 controlKeys） / a key for signing snapshots: the private half to a file (gate.signingKeyFile), the public one printed (controlKeys of gates)',
    )
    .requiredOption('--out <file>', '私钥文件，权限 0600；不会覆盖 / the private key, mode 0600; never overwritten')
    .addOption(errorLangOption())
    .action(async ({ out, lang }: { readonly out: string; readonly lang: Lang }) => {
      const { makeGateKeys } = await import('./keys.ts');
      process.stdout.write(`${JSON.stringify(makeGateKeys(out, lang))}\n`);
    });
}

function registerRun(gate: Command): void {
  gate
    .command('run')
    .description('运行阻断网关，供反向代理询问 / run the enforcement service that proxies ask')
    .requiredOption('--config <file>', '网关配置（YAML 或 JSON） / its configuration')
    .addOption(errorLangOption())
    .action(async (options: { readonly config: string; readonly lang: Lang }) => {
      const { runGate } = await import('./run.ts');
      await runGate(options.config, options.lang);
    });
}
