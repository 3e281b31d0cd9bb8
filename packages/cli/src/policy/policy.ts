import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt, readDay } from '../options.ts';

interface Common {
  readonly json?: true;
  readonly lang: Lang;
}
interface Checked extends Common {
  readonly provinces?: string[];
}
interface Dated extends Common {
  readonly at?: Day;
  readonly policies?: string[];
}

interface Paged {
  readonly out: string;
  readonly compare?: Day;
  readonly provinces?: string[];
}

const json = ['--json', '输出 JSON / print one JSON document'] as const;
const lang = () => new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh');
const provinces = [
  '--provinces <dir...>',
  '各省规则的目录；可与规则目录一起，也可单独给出 / directories of the provinces’ rules, alone or with policy files',
] as const;
const policies = ['--policies <dir...>', '规则目录，代替自带规则 / directories of policy files'] as const;

/** `openbeian policy test|lint|show|diff|html`: the rules themselves, for those who keep them. */
export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('规则文件：测试、检查、查看、比较、网页 / the rules: test, lint, show, diff, html');
  addChecks(policy);
  addViews(policy);
  addPages(policy);
}

/** `test` and `lint`: are the files right? */
function addChecks(policy: Command): void {
  policy
    .command('test')
    .description('运行规则文件旁的用例，含各省规则 / runs the cases beside the policy files and the provinces’ rules')
    .argument('[dir...]', '规则目录；缺省为自带规则 / directories of policy files; by default the bundled ones')
    .option(...provinces)
    .option(...json)
    .addOption(lang())
    .action(async (directories: string[], options: Checked) => {
      const { testReport, printTests } = await import('./policy-report.ts');
      const report = testReport(given(directories, options), options.lang);
      print(report, options, () => printTests(report, options.lang, process.stdout));
      if (report.failed > 0) process.exitCode = 1;
    });

  policy
    .command('lint')
    .description('结构、来源、版本日期、用例是否齐全 / structure, sources, dates of versions, cases')
    .argument('[dir...]', '规则目录；缺省为自带规则 / directories of policy files; by default the bundled ones')
    .option(...provinces)
    .option('--sources <file>', '说明来源的文件，缺省为 docs/sources.md / the file that explains the sources')
    .option(...json)
    .addOption(lang())
    .action(async (directories: string[], options: Checked & { readonly sources?: string }) => {
      const { lintReport, printLint } = await import('./policy-report.ts');
      const report = lintReport(given(directories, options), options.lang, options.sources);
      print(report, options, () => printLint(report, options.lang, process.stdout));
      if (report.problems.length > 0) process.exitCode = 1;
    });
}

/** `show` and `diff`: what do they say? */
function addViews(policy: Command): void {
  policy
    .command('show')
    .description('某产品当日的规则 / the rules of a product on a day')
    .argument('<product>', '如 tencent/cvm / such as tencent/cvm')
    .option(...atOption)
    .option(...policies)
    .option(...json)
    .addOption(lang())
    .action(async (product: string, options: Dated) => {
      const { showReport, printShow } = await import('./policy-report.ts');
      const report = showReport(product, dayAt(options.at), options.lang, options.policies);
      print(report, options, () => printShow(report, options.lang, process.stdout));
    });

  policy
    .command('diff')
    .description('两个日期或两个目录之间的差别 / what differs between two days, or two directories')
    .argument('<before>', '日期或规则目录 / a day, or a directory of policy files')
    .argument('<after>', '日期或规则目录 / a day, or a directory of policy files')
    .option(...atOption)
    .option(...policies)
    .option(...json)
    .addOption(lang())
    .action(async (before: string, after: string, options: Dated) => {
      const { diffReport, printDiff } = await import('./policy-report.ts');
      const report = diffReport([before, after], dayAt(options.at), options.lang, options.policies);
      print(report, options, () => printDiff(report, options.lang, process.stdout));
    });
}

/** `html`: the reference that people link to. */
function addPages(policy: Command): void {
  policy
    .command('html')
    .description(
      '各云与各省规则的静态网页，中英文 / the rules by cloud and province as static pages, in both languages',
    )
    .requiredOption('--out <dir>', '写入此目录 / directory to write to')
    .option(...atOption)
    .option('--compare <date>', '另附与此日的差别 / also what differs from this day', readDay)
    .option(...policies)
    .option(...provinces)
    .option(...json)
    .addOption(lang())
    .action(async ({ out, compare, ...options }: Dated & Paged) => {
      const { bookReport, printBook } = await import('./policy-report.ts');
      const request = {
        out,
        compare: compare ?? null,
        at: dayAt(options.at),
        policies: options.policies,
        provinces: options.provinces,
      };
      const report = bookReport(request, options.lang);
      print(report, options, () => printBook(report, options.lang, process.stdout));
    });
}

const given = (policies: readonly string[], { provinces = [] }: Checked) => ({ policies, provinces });

function print(report: unknown, options: Common, forPeople: () => void): void {
  if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else forPeople();
}
