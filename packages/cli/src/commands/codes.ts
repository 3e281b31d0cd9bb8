import { type Command, Option } from 'commander';
import type { Lang } from '../read-document.ts';

interface ServerOptions {
  readonly server?: string;
  readonly login?: string;
  readonly json?: true;
  readonly lang: Lang;
}
interface VerifyOptions extends ServerOptions {
  readonly account: string;
  readonly name?: string;
}
interface ListOptions extends ServerOptions {
  readonly granted?: true;
  readonly resource?: string;
}

/** `openbeian codes verify|list`: filing codes of a running server, over its API (contract §8). */
export function registerCodes(program: Command): void {
  const codes = program
    .command('codes')
    .description('备案授权码（经由运行中的服务） / filing codes, over a running server');
  withServer(codes.command('verify'))
    .description('校验授权码能否用于某账号 / would this code work for this account')
    .argument('<code>', '授权码 / the code')
    .requiredOption('--account <id>', '要使用它的账号 / the account that would use it')
    .option('--name <domain>', '要备案的域名 / the name to be filed')
    .action(async (code: string, options: VerifyOptions) => {
      const { verify } = await import('../codes-client.ts');
      await verify(code, options);
    });
  withServer(codes.command('list'))
    .description('列出授权码及其状态 / list codes with their states')
    .option('--granted', '授权给本账号的，而非本账号签发的 / those granted to my account instead of issued by it')
    .option('--resource <id>', '只列此资源签发的 / only those of this resource')
    .action(async (options: ListOptions) => {
      const { list } = await import('../codes-client.ts');
      await list(options);
    });
}

function withServer(command: Command): Command {
  return command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option(
      '--login <name>',
      '登录名，默认取 OPENBEIAN_LOGIN；密码取 OPENBEIAN_PASSWORD / who signs in; the password is OPENBEIAN_PASSWORD',
    )
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}
