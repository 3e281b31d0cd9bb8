import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';
import type { CheckQuestion } from './check-report.ts';

interface CheckOptions {
  readonly at?: Day;
  readonly json?: true;
  readonly lang: Lang;
  readonly policies?: string[];
  readonly timeline?: true;
  readonly summary?: true;
  readonly assume?: string[];
  readonly ndjson?: true;
  readonly output?: string;
  readonly realAddresses?: true;
}

/** `openbeian check INVENTORY`: may a site be filed on each resource, may it issue codes, and why not (contract §2). */
export function registerCheck(program: Command): void {
  program
    .command('check')
    .description(
      '资源能否备案、能否生成授权码，及全部原因 / which resources carry a filing or issue codes, with all reasons',
    )
    .argument('<inventory>', '资源清单（YAML 或 JSON；- 为标准输入） / the inventory; - is standard input')
    .option(...atOption)
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .option(
      '--policies <dir...>',
      '规则目录，代替自带规则 / directories of policy files instead of the bundled policies',
    )
    .option('--summary', '只输出各结论、各原因的资源数量 / only how many resources have which outcomes and reasons')
    .option('--timeline', '另列今后何时发生什么变化 / also say what will change when')
    .option(
      '--assume <change>',
      '假设：renew:ID:P3M 续费，convert:ID[:P3M] 转包年包月；可多次 / what if: renewed, converted to prepaid; repeatable',
      (value: string, earlier: string[] | undefined) => [...(earlier ?? []), value],
    )
    .option(
      '--ndjson',
      '清单为每行一个资源的 NDJSON 文件，逐行输出结果 / the inventory is NDJSON, a resource a line; results come as NDJSON',
    )
    .option(
      '--output <file>',
      '与 --ndjson 一起：写入文件，要么写全，要么不写 / with --ndjson: into a file, whole or not at all',
    )
    .option(
      '--real-addresses',
      '不接受文档示例网段的地址（203.0.113.0/24 等） / refuse addresses of the documentation ranges (203.0.113.0/24 …)',
    )
    .action(runCheck);
}

async function runCheck(file: string, options: CheckOptions, command: Command): Promise<void> {
  const { lang, policies, output } = options;
  const timeline = options.timeline === true;
  const exampleAddresses = options.realAddresses !== true;
  const asked = { file, at: dayAt(options.at), lang, policies, timeline };
  const question = { ...asked, assume: options.assume ?? [], exampleAddresses };
  const refuse = (zh: string, en: string) => command.error(`error: ${zh} / ${en}`);
  if (output !== undefined && (!options.ndjson || options.summary)) {
    refuse('--output 只与 --ndjson 一起，且不与 --summary 一起', '--output only with --ndjson and without --summary');
  }
  if (options.ndjson && !exampleAddresses) {
    refuse('--real-addresses 不与 --ndjson 一起', '--real-addresses without --ndjson');
  }
  if (options.summary) {
    if (timeline) refuse('--summary 不与 --timeline 一起', '--summary without --timeline');
    await summarizeInventory(question, options);
    return;
  }
  if (options.ndjson) {
    const { checkLines } = await import('./fleet/check-lines.ts');
    await checkLines({ ...question, output });
    return;
  }
  const { checkReport, printReport } = await import('./check-report.ts');
  const report = checkReport(question);
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else printReport(report, lang, process.stdout);
}

async function summarizeInventory(question: CheckQuestion, { ndjson, json, lang }: CheckOptions): Promise<void> {
  const { checkSummary, printSummary } = await import('./check-report.ts');
  const { summarizeLines } = await import('./fleet/check-lines.ts');
  const summary = ndjson ? await summarizeLines(question) : checkSummary(question);
  if (json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  else printSummary(summary, lang, process.stdout);
}
