import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';

export interface FactsOptions {
  readonly at?: Day;
  readonly lang: Lang;
  readonly policies?: string[];
  readonly records?: string;
  readonly snapshot?: string;
  readonly server?: string;
}

/** What `scan` and `map` decide by: exactly one of three sources. */
export const withFacts = (command: Command): Command =>
  command
    .option('--records <file>', '备案记录（YAML 或 JSON） / the records')
    .addOption(
      new Option(
        '--snapshot <file>',
        '代替备案记录：网关的快照文件（二进制或 JSON） / in place of records: a gate’s snapshot, binary or JSON',
      ).conflicts('records'),
    )
    .addOption(
      new Option(
        '--server <url>',
        '代替文件：运行中的服务，网关令牌放在 OPENBEIAN_GATE_TOKEN / in place of a file: a running server, with a gate’s token in OPENBEIAN_GATE_TOKEN',
      ).conflicts(['records', 'snapshot']),
    );

export function requireFacts({ records, snapshot, server }: FactsOptions, command: Command): void {
  if (records === undefined && snapshot === undefined && server === undefined) {
    command.error('应给出 --records、--snapshot 或 --server / error: --records, --snapshot or --server is missing');
  }
}

export const langOption = (text: string): Option =>
  new Option('--lang <lang>', text).choices(['zh', 'en']).default('zh');
export const errorLangOption = (): Option => langOption('报错语言 / language of errors');
export const policiesOption = [
  '--policies <dir...>',
  '规则目录，代替自带规则 / directories of policy files instead of the bundled ones',
] as const;
