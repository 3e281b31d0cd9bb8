import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';

interface PrecheckOptions {
  readonly at?: Day;
  readonly json?: true;
  readonly ndjson?: true;
  readonly lang: Lang;
  readonly provinces?: string[];
}

/** `openbeian precheck FILING`: what is wrong with a filing before anybody submits it; no server is asked. */
export function registerPrecheck(program: Command): void {
  program
    .command('precheck')
    .description(
      '提交前检查备案信息，不需要服务器 / what is wrong with a filing before it is submitted, without a server',
    )
    .argument('<filing>', '备案信息（YAML 或 JSON；- 为标准输入） / the filing; - is standard input')
    .option(...atOption)
    .option('--json', '输出 JSON / print one JSON document')
    .option(
      '--ndjson',
      '每行一件备案的 NDJSON 文件，逐行输出结果；有误的行指出后继续 / NDJSON, a filing a line; a bad line is named and the rest goes on',
    )
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .option('--provinces <dir...>', '各省规则目录，代替自带规则 / directories of province rules instead of the bundled')
    .action(async (file: string, options: PrecheckOptions) => {
      const { checkFilingFile, checkFilingLines, printPreCheck } = await import('./precheck-report.ts');
      const question = { file, at: dayAt(options.at), lang: options.lang, provinces: options.provinces };
      if (options.ndjson) {
        await checkFilingLines(question);
        return;
      }
      const report = checkFilingFile(question);
      if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else printPreCheck(report, options.lang, process.stdout);
    });
}
