import type { Day } from '@openbeian/model/calendar';
import { type LookUpName, lookUpNames } from '@openbeian/model/province';
import { type Command, Option } from 'commander';
import type { Lang } from '../io/read-document.ts';
import { atOption, dayAt } from '../options.ts';

interface PrecheckOptions {
  readonly at?: Day;
  readonly json?: true;
  readonly ndjson?: true;
  readonly lang: Lang;
  readonly provinces?: string[];
  readonly lookUp?: LookUpName[];
  readonly rdapBootstrap?: string;
  readonly dnsServer?: string[];
}

/** `openbeian precheck FILING`: what is wrong with a filing before anybody submits it; no server is asked. */
export function registerPrecheck(program: Command): void {
  program
    .command('precheck')
    .description(
      '提交前检查备案信息（须提交管局的各种备案类型），不需要服务器 / what is wrong with a filing before it is submitted, of every type that goes to the authority, without a server',
    )
    .argument('<filing>', '备案信息（YAML 或 JSON；- 为标准输入） / the filing; - is standard input')
    .option(...atOption)
    .option('--json', '输出 JSON / print one JSON document')
    .option(
      '--ndjson',
      '每行一件备案的 NDJSON 文件，逐行输出结果；有误的行指出后继续 / NDJSON, a filing a line; a bad line is named and the rest goes on',
    )
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .addOption(
      new Option(
        '--look-up <names...>',
        '向外查询（会产生网络请求） / ask services outside; this sends requests',
      ).choices([...lookUpNames]),
    )
    .option('--rdap-bootstrap <file>', '各后缀的 RDAP 服务（RFC 9224） / which RDAP service answers for which suffix')
    .option('--dns-server <address...>', '解析服务器，代替系统的 / resolvers instead of the system’s')
    .option('--provinces <dir...>', '各省规则目录，代替自带规则 / directories of province rules instead of the bundled')
    .action(async (file: string, options: PrecheckOptions, command: Command) => {
      const { checkAsking, checkFilingFile, checkFilingLines, printPreCheck } = await import('./precheck-report.ts');
      const question = { file, at: dayAt(options.at), lang: options.lang, provinces: options.provinces };
      if (options.ndjson && options.lookUp) {
        command.error('error: --look-up 不与 --ndjson 一起 / --look-up without --ndjson');
      }
      if (options.ndjson) {
        await checkFilingLines(question);
        return;
      }
      const outside = outsideOf(options);
      const report = outside === undefined ? checkFilingFile(question) : await checkAsking(question, outside);
      if (options.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
      else printPreCheck(report, options.lang, process.stdout);
    });
}

/** Whom to ask; undefined: nobody. The answers are dated by this clock, whatever day `--at` takes. */
function outsideOf({ lookUp, rdapBootstrap, dnsServer = [], lang }: PrecheckOptions) {
  if (lookUp === undefined) return undefined;
  return { names: lookUp, bootstrap: rdapBootstrap, dnsServers: dnsServer, lang, now: () => new Date().toISOString() };
}
