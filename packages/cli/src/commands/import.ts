import type { RealName } from '@openbeian/model/eligibility';
import { Argument, type Command, Option } from 'commander';
import type { Lang } from '../read-document.ts';

interface ImportOptions {
  readonly account?: string;
  readonly realName?: RealName;
  readonly json?: true;
  readonly lang: Lang;
}

// Written out here, so that `openbeian --help` does not load the readers; a test keeps them the same.
const clouds = ['tencent', 'alibaba', 'huawei', 'volcengine'] as const;
const realNames = ['none', 'individual', 'enterprise', 'institution', 'government', 'society'] as const;

/** `openbeian import CLOUD FILE…`: the clouds' own list responses as an inventory (contract §1). */
export function registerImport(program: Command): void {
  program
    .command('import')
    .description('把云厂商查询接口的返回转为资源清单 / turn a cloud’s list responses into an inventory')
    .addArgument(new Argument('<cloud>', '云厂商 / the cloud').choices(clouds))
    .argument(
      '<file...>',
      '接口返回的 JSON，可多页、多产品 / responses, several pages and products; - is standard input',
    )
    .option('--account <id>', '这些资源所属的账号 / the account that owns them')
    .addOption(new Option('--real-name <kind>', '该账号的实名类型 / the account’s real-name kind').choices(realNames))
    .option('--json', '输出 JSON，默认为 YAML / print JSON instead of YAML')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .action(async (cloud: (typeof clouds)[number], files: string[], options: ImportOptions) => {
      const { importFiles, printGaps, printInventory } = await import('../import-report.ts');
      const imported = importFiles(cloud, files, options.lang, options.account, options.realName);
      if (options.json) process.stdout.write(`${JSON.stringify(imported.inventory, null, 2)}\n`);
      else printInventory(imported, process.stdout);
      printGaps(imported, options.lang, process.stderr);
    });
}
