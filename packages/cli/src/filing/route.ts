import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';

interface RouteOptions {
  readonly json?: true;
  readonly lang: Lang;
  readonly policies?: string[];
}

/** `openbeian route CASE`: which filing a case needs, if any (contract §4). */
export function registerRoute(program: Command): void {
  program
    .command('route')
    .description('该办哪一种备案，还是不用备案 / which filing a case needs, if any')
    .argument('<case>', '情形（JSON 或 YAML；- 为标准输入） / the case; - is standard input')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .option('--policies <dir...>', '规则目录，代替自带规则 / directories of policy files instead of the bundled ones')
    .action(async (file: string, options: RouteOptions) => {
      const { printRoute, routeReport } = await import('./route-report.ts');
      const route = routeReport(file, options.lang, options.policies);
      if (options.json) process.stdout.write(`${JSON.stringify(route, null, 2)}\n`);
      else printRoute(route, options.lang, process.stdout);
    });
}
