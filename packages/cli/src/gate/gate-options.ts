import { type PinnedKey, readPublicKey } from '@openbeian/gate/pinned-key';
import type { Day } from '@openbeian/model/calendar';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import type { FactsSource } from './facts.ts';

export interface FactsOptions {
  readonly at?: Day;
  readonly lang: Lang;
  readonly policies?: string[];
  readonly records?: string;
  readonly snapshot?: string;
  readonly server?: string;
  readonly controlKey?: readonly PinnedKey[];
  readonly insecureTransport?: true;
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
    )
    .addOption(
      new Option(
        '--control-key <key>',
        '控制面的公钥（openbeian gate keys），可多次给出：没有以其签名的快照不采用；--server 不在本机时必填 / the control plane’s public key, several times for several: what none of them signed is refused; required where --server is not on this machine',
      )
        .argParser((text: string, all: readonly PinnedKey[] | undefined) => [...(all ?? []), controlKeyOf(text)])
        .conflicts('records'),
    )
    .option(
      '--insecure-transport',
      '允许 --server 在本机以外使用 http（自有的隔离网络） / let --server be plain http outside this machine',
    );

function controlKeyOf(text: string): PinnedKey {
  const key = readPublicKey(text);
  if (key === null) {
    throw new InvalidArgumentError(
      '应为 Ed25519 或 SM2 公钥（SPKI）的 base64 / expected a public key of Ed25519 or SM2 (SPKI) in base64',
    );
  }
  return key;
}

/** The options as `readGateFacts` takes them. */
export const sourceOf = ({ controlKey = [], ...options }: FactsOptions): FactsSource => ({
  ...options,
  controlKeys: controlKey,
});

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
