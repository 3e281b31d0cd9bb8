import type { Day } from '@openbeian/model/calendar';
import { type Command, Option } from 'commander';
import { atOption, dayAt } from '../at.ts';
import { argumentsOrLines, printNdjson } from '../lines.ts';
import type { Lang } from '../read-document.ts';

interface GateDecideOptions {
  readonly records: string;
  readonly at?: Day;
  readonly lang: Lang;
  readonly policies?: string[];
}

/** `openbeian gate decide`: may a host be served, by a records file (contract §5); one line of JSON for each host. */
export function registerGate(program: Command): void {
  const gate = program.command('gate').description('接入阻断 / the gate: which hosts may be served');
  gate
    .command('decide')
    .description('按备案记录判断主机名能否访问，每个输出一行 JSON / decide hosts by records, one line of JSON each')
    .argument('[host...]', '主机名；不填则逐行读取标准输入 / the hosts; without any, the lines of standard input')
    .requiredOption('--records <file>', '备案记录（YAML 或 JSON） / the records')
    .option(...atOption)
    .addOption(new Option('--lang <lang>', '报错语言 / language of errors').choices(['zh', 'en']).default('zh'))
    .option(
      '--policies <dir...>',
      '规则目录，代替自带规则 / directories of policy files instead of those that come along',
    )
    .action(async (hosts: string[], options: GateDecideOptions) => {
      const { decideHosts } = await import('../gate-decide.ts');
      await printNdjson(
        decideHosts(argumentsOrLines(hosts), options.records, dayAt(options.at), options.lang, options.policies),
      );
    });
  gate
    .command('run')
    .description('运行阻断网关，供反向代理询问 / run the enforcement service that proxies ask')
    .requiredOption('--config <file>', '网关配置（YAML 或 JSON） / its configuration')
    .addOption(new Option('--lang <lang>', '报错语言 / language of errors').choices(['zh', 'en']).default('zh'))
    .action(async (options: { readonly config: string; readonly lang: Lang }) => {
      const { runGate } = await import('./gate-run.ts');
      await runGate(options.config, options.lang);
    });
}
