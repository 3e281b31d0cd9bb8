import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';

interface PlanCommandOptions {
  readonly domains: string;
  readonly accounts?: string[];
  readonly at?: Day;
  readonly weight?: string[];
  readonly buy?: string[];
  readonly json?: true;
  readonly lang: Lang;
  readonly policies?: string[];
}

/** `openbeian plan INVENTORY --domains FILE`: which name is filed on what, with which changes, in which order. */
export function registerPlan(program: Command): void {
  program
    .command('plan')
    .description(
      '为一批域名规划备案：用哪些资源、授权码，需要哪些续费或新购，先后顺序 / plan filings: resources, codes, renewals, purchases, order',
    )
    .argument('<inventory>', '资源清单（YAML 或 JSON；- 为标准输入） / the inventory; - is standard input')
    .requiredOption('--domains <file>', '域名清单（YAML、JSON 或每行一个） / the names: YAML, JSON or one a line')
    .option('--accounts <id...>', '只使用这些账号的资源 / use the resources of these accounts only')
    .option(
      '--weight <kind=number...>',
      '各类调整的权重：renew、convert、ip、bandwidth、package、new；never 为不允许 / weights of changes; never forbids one',
    )
    .option('--buy <provider/product...>', '可新购的产品，默认为清单中已有的产品 / products that may be bought')
    .option(...atOption)
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .option(
      '--policies <dir...>',
      '规则目录，代替自带规则 / directories of policy files instead of the bundled policies',
    )
    .action(async (file: string, options: PlanCommandOptions) => {
      const { planReport, printPlan, suffixNotes } = await import('./plan-report.ts');
      const { domains, lang, accounts, weight: weights, buy, policies } = options;
      const each = accounts?.flatMap((text) => text.split(',')).filter((id) => id !== '');
      const plan = planReport(file, { domains, lang, at: dayAt(options.at), accounts: each, weights, buy, policies });
      if (options.json) process.stdout.write(`${JSON.stringify(plan, null, 2)}\n`);
      else printPlan(plan, lang, process.stdout);
      for (const note of suffixNotes(plan, lang)) process.stderr.write(`${note}\n`);
    });
}
