import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import { argumentsOrLines, printNdjson } from '../io/lines.ts';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';
import {
  errorLangOption,
  type FactsOptions,
  policiesOption,
  requireFacts,
  sourceOf,
  withFacts,
} from './gate-options.ts';
import type { SigningAlgorithm } from './keys.ts';
import type { MapFormat } from './map.ts';
import { registerScan } from './scan-command.ts';

interface GateDecideOptions {
  readonly records: string;
  readonly at?: Day;
  readonly lang: Lang;
  readonly policies?: string[];
}

interface GateMapOptions extends FactsOptions {
  readonly format: MapFormat;
  readonly out: string;
}

/** `openbeian gate`: may a host be served (contract §5), and what goes with that. */
export function registerGate(program: Command): void {
  const gate = program.command('gate').description('接入阻断 / the gate: which hosts may be served');
  registerDecide(gate);
  registerScan(gate);
  registerMap(gate);
  registerKeys(gate);
  registerRun(gate);
}

/** One line of JSON for each host. */
function registerDecide(gate: Command): void {
  gate
    .command('decide')
    .description('按备案记录判断主机名能否访问，每个输出一行 JSON / decide hosts by records, one line of JSON each')
    .argument('[host...]', '主机名；不填则逐行读取标准输入 / the hosts; without any, the lines of standard input')
    .requiredOption('--records <file>', '备案记录（YAML 或 JSON） / the records')
    .option(...atOption)
    .addOption(errorLangOption())
    .option(...policiesOption)
    .action(async (hosts: string[], options: GateDecideOptions) => {
      const { decideHosts } = await import('./decide.ts');
      await printNdjson(decideHosts(argumentsOrLines(hosts), { ...options, at: dayAt(options.at) }));
    });
}

function registerMap(gate: Command): void {
  withFacts(gate.command('map'))
    .description(
      '把备案记录编译为代理的映射文件 / compile records to a map file for a proxy that decides without a call',
    )
    .addOption(new Option('--format <format>', '代理 / the proxy').choices(['nginx', 'haproxy']).makeOptionMandatory())
    .requiredOption('--out <file>', '写到哪里，一次替换 / the file, replaced in one step')
    .option(...atOption)
    .addOption(errorLangOption())
    .option(...policiesOption)
    .action(async (options: GateMapOptions, command: Command) => {
      requireFacts(options, command);
      const { format, out, lang } = options;
      const { compileMap } = await import('./map.ts');
      const { readGateFacts } = await import('./facts.ts');
      const at = dayAt(options.at);
      const compiled = compileMap(await readGateFacts(sourceOf(options), at, lang), { format, out, at, lang });
      process.stdout.write(`${JSON.stringify(compiled)}\n`);
    });
}

interface KeysOptions {
  readonly out: string;
  readonly algorithm: SigningAlgorithm;
  readonly lang: Lang;
}

function registerKeys(gate: Command): void {
  gate
    .command('keys')
    .description(
      '生成签名快照的密钥：私钥写入文件（服务的 gate.signingKeyFile），公钥输出（网关的 controlKeys） / a key for signing snapshots: the private half to a file (gate.signingKeyFile), the public one printed (controlKeys of gates)',
    )
    .requiredOption('--out <file>', '私钥文件，权限 0600；不会覆盖 / the private key, mode 0600; never overwritten')
    .addOption(
      new Option('--algorithm <name>', '签名算法；sm2 为国密 SM2（配 SM3） / sm2 is SM2 with SM3')
        .choices(['ed25519', 'sm2'])
        .default('ed25519'),
    )
    .addOption(errorLangOption())
    .action(async ({ out, algorithm, lang }: KeysOptions) => {
      const { makeGateKeys } = await import('./keys.ts');
      process.stdout.write(`${JSON.stringify(makeGateKeys(out, algorithm, lang))}\n`);
    });
}

function registerRun(gate: Command): void {
  gate
    .command('run')
    .description('运行阻断网关，供反向代理询问 / run the enforcement service that proxies ask')
    .requiredOption('--config <file>', '网关配置（YAML 或 JSON） / its configuration')
    .addOption(errorLangOption())
    .action(async (options: { readonly config: string; readonly lang: Lang }) => {
      const { runGate } = await import('./run.ts');
      await runGate(options.config, options.lang);
    });
}
