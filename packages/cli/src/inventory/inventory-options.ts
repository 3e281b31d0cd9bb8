import type { RealName } from '@openbeian/model/eligibility';
import { Argument, type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';

// Written out here, so that `openbeian --help` loads neither readers nor SDKs; tests keep them the same.
export const clouds = ['tencent', 'alibaba', 'huawei', 'volcengine'] as const;
const realNames = ['none', 'individual', 'enterprise', 'institution', 'government', 'society'] as const;

/** How an inventory made from a cloud's lists is completed and printed. */
export interface InventoryOptions {
  readonly account?: string;
  readonly realName?: RealName;
  readonly json?: true;
  readonly lang: Lang;
}

export const cloudArgument = () => new Argument('<cloud>', '云厂商 / the cloud').choices(clouds);

/** The owner of the resources, which no cloud's list contains, and how the inventory is printed. */
export function addInventoryOptions(command: Command): Command {
  return command
    .option('--account <id>', '这些资源所属的账号 / the account that owns them')
    .addOption(new Option('--real-name <kind>', '该账号的实名类型 / the account’s real-name kind').choices(realNames))
    .option('--json', '输出 JSON，默认为 YAML / print JSON instead of YAML')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}
