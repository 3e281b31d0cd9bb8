import type { GateDecision } from '@openbeian/model/gate';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printTexts } from '../io/lines.ts';
import { atOption, dayAt } from '../options.ts';
import { type FactsOptions, langOption, policiesOption, requireFacts, sourceOf, withFacts } from './gate-options.ts';
import type { ScanForm } from './scan-report.ts';
import { scanWords } from './words.ts';

interface GateScanOptions extends FactsOptions {
  readonly format: readonly string[];
  readonly field?: string;
  readonly output?: ScanForm;
  readonly json?: true;
  readonly top: number;
  readonly follow?: true;
}

// Written out here, so that `openbeian --help` loads no readers.
const forms = ['table', 'json', 'ndjson', 'csv'] as const satisfies readonly ScanForm[];

function readCount(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('应为正整数 / expected a whole number above 0');
}

/** `openbeian gate scan`: the names of a log that are not served, by traffic. Exit status 3: too many lines named no host. */
export function registerScan(gate: Command): void {
  withFacts(gate.command('scan'))
    .description('从访问日志或域名列表中找出不能访问的域名，按流量排列 / unserved names in a log or list, by traffic')
    .argument(
      '<log>',
      '日志或列表，可为 gzip、zstd；- 为标准输入 / the log or list, also gzip or zstd; - is standard input',
    )
    .option(
      '--format <format>',
      '日志格式：nginx、apache、caddy、traefik、envoy、haproxy、iis、alibaba-cdn 等格式名，或代理自己的格式串；不填则自动识别。填 table、json、ndjson、csv 时同 --output / format of the log: a name, or the proxy’s own log_format or format string; recognised if absent. table, json, ndjson and csv are --output’s',
      (value: string, all: readonly string[]) => [...all, value],
      [],
    )
    .option(
      '--field <field>',
      '域名所在的字段、键或列号（从 1 起；-1 为最后一列） / field, key or column of the host (from 1; -1 is the last)',
    )
    .addOption(new Option('--output <form>', '输出格式 / form of the report').choices(forms))
    .option('--json', '同 --output json / the same as --output json')
    .option('--top <count>', '表格列出的域名数 / names in the table', readCount, 50)
    .option(
      '--follow',
      '持续读取，新出现的域名随即输出，中断时输出汇总 / go on reading: new names at once, the report at the end',
    )
    .option(...atOption)
    .addOption(langOption('输出语言 / language'))
    .option(...policiesOption)
    .action(async (log: string, options: GateScanOptions, command: Command) => {
      requireFacts(options, command);
      await scan(log, options);
    });
}

async function scan(log: string, options: GateScanOptions): Promise<void> {
  const { lang, top, field } = options;
  const isForm = (text: string): text is ScanForm => (forms as readonly string[]).includes(text);
  const form = options.json ? 'json' : (options.output ?? options.format.findLast(isForm) ?? 'table');
  const format = options.format.findLast((text) => !isForm(text));
  const { readGateFacts } = await import('./facts.ts');
  const { scanLog } = await import('./scan.ts');
  const { mostUnnamedShare, readAsText, scanReportText, unnamedTexts } = await import('./scan-report.ts');
  const { decide } = await readGateFacts(sourceOf(options), dayAt(options.at), lang);
  const following = options.follow ? { follow: untilStopped(), onUnserved: tellAtOnce(form) } : {};
  const report = await scanLog(log, lang, decide, { format, field, ...following });
  await printTexts(scanReportText(report, form, lang, top));
  const { malformedLines, firstMalformed } = report.totals;
  const said = form === 'table' ? [] : [readAsText(report, lang)];
  if (malformedLines > 0) {
    said.push(scanWords.skipped(log, malformedLines, firstMalformed.join(', '))[lang], ...unnamedTexts(report, lang));
  }
  process.stderr.write(said.map((line) => `${line}\n`).join(''));
  if (report.unnamed.share > mostUnnamedShare) process.exitCode = 3;
}

function untilStopped(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  return stopping.signal;
}

/** A line for each name when it is first seen: JSON, or for people. */
function tellAtOnce(form: ScanForm): (decision: GateDecision) => void {
  return ({ host, outcome, reason, filingDomain }) => {
    const name = { name: filingDomain, outcome, reason, host };
    process.stdout.write(
      form === 'table' ? `${reason}\t${filingDomain ?? '-'}\t${host}\n` : `${JSON.stringify(name)}\n`,
    );
  };
}
