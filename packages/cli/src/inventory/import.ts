import type { Command } from 'commander';
import { addInventoryOptions, cloudArgument, type clouds, type InventoryOptions } from './inventory-options.ts';

/** `openbeian import CLOUD FILE…`: the clouds' own list responses as an inventory (contract §1). */
export function registerImport(program: Command): void {
  const command = program
    .command('import')
    .description('把云厂商查询接口的返回转为资源清单 / turn a cloud’s list responses into an inventory')
    .addArgument(cloudArgument())
    .argument(
      '<file...>',
      '接口返回的 JSON，可多页、多产品 / responses, several pages and products; - is standard input',
    );
  command.option('--partial', '未给全时仍输出，并说明缺少多少 / print what there is, and say what is missing');
  addInventoryOptions(command).action(
    async (
      cloud: (typeof clouds)[number],
      files: string[],
      options: InventoryOptions & { readonly partial?: true },
    ) => {
      const { importFiles, printImported, refuseMissing } = await import('./import-report.ts');
      const imported = importFiles(cloud, files, options.lang, options);
      refuseMissing(imported, options);
      printImported(imported, options);
    },
  );
}
