import { type Command, InvalidArgumentError } from 'commander';
import { addInventoryOptions, cloudArgument, type clouds, type InventoryOptions } from './inventory-options.ts';

interface SyncOptions extends InventoryOptions {
  readonly region: readonly string[];
  readonly endpoint?: string;
  readonly partial?: true;
}

/** `openbeian sync CLOUD --region R`: a cloud's own lists, read with its official SDK, as an inventory (contract §1). */
export function registerSync(program: Command): void {
  const command = program
    .command('sync')
    .description('用云厂商的官方 SDK 读取资源清单 / read an inventory with a cloud’s official SDK')
    .addArgument(cloudArgument())
    .requiredOption('--region <ids>', '地域，逗号分隔 / regions, separated by commas', regionsOf)
    .option('--endpoint <url>', '专有云等的接口地址，可含 {service}、{region} / address of a private edition')
    .option('--partial', '读不到的略去并说明 / leave out what cannot be read, and say so')
    .addHelpText(
      'after',
      `
凭证只来自环境变量或 SDK 自己的凭证链 / credentials come from the environment or the SDK’s own chain only:
  tencent     TENCENTCLOUD_SECRET_ID, TENCENTCLOUD_SECRET_KEY, TENCENTCLOUD_SESSION_TOKEN; ~/.tencentcloud/credentials; TKE
  alibaba     ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET, ALIBABA_CLOUD_SECURITY_TOKEN; the SDK’s default chain
  huawei      HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK, HUAWEICLOUD_SDK_SECURITY_TOKEN
  volcengine  VOLC_ACCESSKEY, VOLC_SECRETKEY, VOLC_SESSION_TOKEN; ~/.volc/config`,
    );
  addInventoryOptions(command).action(async (cloud: (typeof clouds)[number], options: SyncOptions) => {
    const { parseEndpoint } = await import('@openbeian/cloud-sync');
    const { endpoint = null } = options;
    if (endpoint !== null && parseEndpoint(endpoint) === null) {
      command.error(
        'error: --endpoint 应为 https 地址（本机可用 http） / expected an https URL (http for this machine only)',
      );
    }
    const { printUnread, syncCloud } = await import('./sync-report.ts');
    const { printImported } = await import('./import-report.ts');
    const { region: regions, account, realName, lang } = options;
    const partial = options.partial === true;
    const synced = await syncCloud({ cloud, regions, endpoint, account, realName, partial, lang });
    printImported(synced, options);
    printUnread(synced, lang, process.stderr);
  });
}

/** Regions become parts of host names, so nothing but a region's letters passes. */
function regionsOf(text: string): readonly string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))];
  if (ids.every((id) => /^[a-z]{2,}(?:-[a-z0-9]+)+$/.test(id) && id.length <= 40)) return ids;
  throw new InvalidArgumentError('应为地域 ID，如 ap-guangzhou / expected region ids such as ap-guangzhou');
}
