import { cancellationScopes } from '@openbeian/model/filing';
import { type Command, Option } from 'commander';
import type { CancelOptions } from './records-client.ts';

/** `openbeian records`: what is on record, and what the authority cancelled; over a running server. */
export function registerRecords(program: Command): void {
  program
    .command('records')
    .description('备案记录（经由运行中的服务） / filing records, over a running server')
    .command('cancel')
    .description(
      '登记管局已注销的主体、网站或已取消的接入 / enter that the authority cancelled a subject, a service or an access',
    )
    .argument('<number>', '主体备案号，或网站等的备案号 / the subject’s number, or the service’s')
    .addOption(
      new Option('--scope <scope>', '主体（含其全部网站）、网站等、接入 / what was cancelled')
        .choices([...cancellationScopes])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', '依据，记入审计 / why; kept in the audit row')
    .option('--provider <id>', '接入取消的接入商，默认本接入商 / whose access, this provider’s by default')
    .option('--key <key>', '幂等键；重试沿用同一个 / idempotency key; keep it for repetitions')
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option('--login <name>', '运营人员登录名，默认取 OPENBEIAN_LOGIN / the operator’s login')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'))
    .action(async (number: string, options: CancelOptions) => {
      const { cancel } = await import('./records-client.ts');
      await cancel(number, options);
    });
}
