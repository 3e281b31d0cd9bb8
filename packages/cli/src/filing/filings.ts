import { type Command, Option } from 'commander';
import type { LapsedOptions, ReopenOptions } from './filings-client.ts';

/** `openbeian filings`: filings that lapsed, and opening them again; over a running server. */
export function registerFilings(program: Command): void {
  const filings = program
    .command('filings')
    .description('备案订单（经由运行中的服务） / filings, over a running server');
  withServer(
    withTimes(filings.command('lapsed').description('列出某段时间内超期关闭的订单 / those that lapsed in a period')),
  ).action(async (options: LapsedOptions) => (await import('./filings-client.ts')).lapsed(options));
  withServer(
    filings
      .command('reopen')
      .description('恢复超期关闭的订单 / reopen a filing that lapsed')
      .argument('<filing>', '订单编号 / its id')
      .requiredOption('--comment <text>', '恢复原因，记入审计 / why; kept in the audit'),
  ).action(async (filingId: string, options: ReopenOptions) =>
    (await import('./filings-client.ts')).reopen(filingId, options),
  );
  withServer(
    withTimes(
      filings
        .command('reopen-lapsed')
        .description(
          '恢复某段时间内由系统超期关闭的全部订单，例如时钟有误之后 / reopen all that the clock closed in a period, for example after a clock was wrong',
        )
        .requiredOption('--comment <text>', '恢复原因，记入审计 / why; kept in the audit'),
    ),
  ).action(async (options: LapsedOptions & ReopenOptions) =>
    (await import('./filings-client.ts')).reopenLapsed(options),
  );
}

function withTimes(command: Command): Command {
  return command
    .requiredOption('--from <time>', '起始：日期，或 ISO 8601 时刻 / from: a day in Asia/Shanghai, or an instant')
    .requiredOption('--to <time>', '截止（含） / to, included');
}

function withServer(command: Command): Command {
  return command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option('--login <name>', '运营人员登录名，默认取 OPENBEIAN_LOGIN / the operator’s login')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}
