import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ServerOptions } from '../io/server-connection.ts';
import type { ListFilter } from './codes-client.ts';

const load = () => import('./codes-client.ts');
const states = ['unused', 'suspended', 'bound', 'used', 'revoked'] as const;

/** `openbeian codes …`: filing codes of a running server, over its API (contract §8). */
export function registerCodes(program: Command): void {
  const codes = program
    .command('codes')
    .description('备案授权码（经由运行中的服务） / filing codes, over a running server');
  registerQuestions(codes);
  registerActs(codes);
  withFilter(withServer(codes.command('export')))
    .description('导出授权码（默认不含完整授权码） / export codes, masked unless --reveal')
    .addOption(new Option('--format <format>', '格式 / format').choices(['csv', 'ndjson']).default('csv'))
    .option('--bom', 'CSV 加 BOM，便于中文 Excel 打开 / begin the CSV with a BOM, for Excel')
    .option('--reveal', '含完整授权码，逐个留审计记录 / with the whole codes; each leaves an audit row')
    .option('--reason <text>', '查看完整授权码的理由 / why they are to be seen')
    .action(async (options: Parameters<Awaited<ReturnType<typeof load>>['exportCodes']>[0]) =>
      (await load()).exportCodes(options),
    );
}

function registerQuestions(codes: Command): void {
  withServer(codes.command('verify'))
    .description('校验授权码能否用于某账号 / would this code work for this account')
    .argument('<code>', '授权码 / the code')
    .requiredOption('--account <id>', '要使用它的账号 / the account that would use it')
    .option('--name <domain>', '要备案的域名 / the name to be filed')
    .action(async (code: string, options: ServerOptions & { account: string; name?: string }) =>
      (await load()).verify(code, options),
    );
  withFilter(withServer(codes.command('list')))
    .description('列出授权码及其状态 / list codes with their states')
    .option('--ndjson', '每行一个 JSON / print NDJSON, page by page')
    .action(async (options: ServerOptions & ListFilter & { ndjson?: true }) => (await load()).list(options));
  withServer(codes.command('stopping'))
    .description(
      '如不续费，将在几天内失效的授权码 / codes that expire within some days unless their resource is renewed',
    )
    .option('--days <n>', '天数 / days', wholeNumber(1, 400), 30)
    .option('--account <id>', '生成的账号，限接入商人员 / the issuing account; for the provider’s people')
    .action(async (options: ServerOptions & { days: number; account?: string }) => (await load()).stopping(options));
  withServer(codes.command('show'))
    .description('一个授权码的状态 / one code')
    .argument('<id>', '授权码编号 / the code’s id')
    .action(async (codeId: string, options: ServerOptions) =>
      (await load()).act(options, (client) => client.getCode({ params: { codeId } })),
    );
}

function registerActs(codes: Command): void {
  withServer(codes.command('issue'))
    .description('生成授权码 / issue codes on a resource')
    .argument('<resource>', '云资源编号 / the resource’s id')
    .option('--count <n>', '数量，1 至 20 / how many', wholeNumber(1, 20), 1)
    .option('--grantee <account>', '授权给哪个账号 / the account that may use them')
    .option('--note <text>', '备注 / a note')
    .option('--key <key>', '幂等键；重试沿用同一个 / idempotency key; keep it for repetitions')
    .action(async (resource: string, options: ServerOptions & { count: number }) =>
      (await load()).issue(resource, options),
    );
  for (const name of ['grant', 'regrant']) {
    withServer(codes.command(name))
      .description('授权给其他账号（未使用前可更换） / grant an unused code to an account')
      .argument('<id>', '授权码编号 / the code’s id')
      .argument('<account>', '被授权账号 / the account')
      .action(async (codeId: string, granteeAccountId: string, options: ServerOptions) =>
        (await load()).act(options, (client) => client.grantCode({ params: { codeId }, body: { granteeAccountId } })),
      );
  }
  withServer(codes.command('repoint'))
    .description('把未使用的授权码改到另一资源 / point an unused code at another resource')
    .argument('<id>', '授权码编号 / the code’s id')
    .argument('<resource>', '云资源编号 / the resource’s id')
    .action(async (codeId: string, resourceId: string, options: ServerOptions) =>
      (await load()).act(options, (client) => client.repointCode({ params: { codeId }, body: { resourceId } })),
    );
  withServer(codes.command('revoke'))
    .description('撤销未使用的授权码 / revoke an unused code')
    .argument('<id>', '授权码编号 / the code’s id')
    .action(async (codeId: string, options: ServerOptions) =>
      (await load()).act(options, (client) => client.revokeCode({ params: { codeId }, body: {} })),
    );
  withServer(codes.command('reveal'))
    .description('再次查看完整授权码（留审计记录） / see the whole code again (audited)')
    .argument('<id>', '授权码编号 / the code’s id')
    .requiredOption('--reason <text>', '理由 / why')
    .action(async (codeId: string, options: ServerOptions & { reason: string }) =>
      (await load()).reveal(codeId, options),
    );
}

function withFilter(command: Command): Command {
  return command
    .option('--granted', '授权给本账号的，而非本账号生成的 / those granted to my account instead of issued by it')
    .option('--resource <id>', '只列此资源生成的 / only those of this resource')
    .option('--account <id>', '只列此账号生成或被授权的 / only those issued by or granted to this account')
    .addOption(new Option('--state <state>', '只列此状态的 / only those in this state').choices(states));
}

function withServer(command: Command): Command {
  return command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option(
      '--login <name>',
      '登录名；默认用 OPENBEIAN_API_KEY，其次 OPENBEIAN_LOGIN 与 OPENBEIAN_PASSWORD / who signs in; by default OPENBEIAN_API_KEY, then OPENBEIAN_LOGIN with OPENBEIAN_PASSWORD',
    )
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(
      `应为 ${least} 至 ${most} 的整数 / expected a whole number from ${least} to ${most}`,
    );
  };
}
