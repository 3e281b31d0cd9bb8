import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import { atOption, dayAt } from '../at.ts';
import type { Lang } from '../read-document.ts';

interface CheckOptions {
  readonly at?: Day;
  readonly json?: true;
  readonly lang: Lang;
  readonly policies?: string[];
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
      '规则目录，代替自带规则 / directories of policy files instead of those that come along',
    )
    .action(async (file: string, options: CheckOptions) => {
      const { checkReport, printReport } = await import('../check-report.ts');
      const report = checkReport(file, dayAt(options.at), options.lang, options.policies);
      if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else printReport(report, options.lang, process.stdout);
    });
}
