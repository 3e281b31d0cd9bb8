import type { Algorithms } from '@openbeian/server/main';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { StartOptions } from './all-in-one.ts';
import { registerAudit } from './audit/audit.ts';

interface ConfigOption {
  readonly config?: string;
}

const configOption = [
  '--config <file>',
  '配置文件（YAML 或 JSON），见 docs/configuration.md / the configuration; also OPENBEIAN_CONFIG',
] as const;

/** `openbeian start`: everything in one process, with sample data; `server` and `worker`: the processes one by one. */
export function registerStart(program: Command): void {
  registerSample(program);
  program
    .command('server')
    .description('运行一个服务进程 / run one server process')
    .option(...configOption)
    .option('--no-console', '不提供控制台网页 / serve the API without the console')
    .action(async (options: ConfigOption & { readonly console: boolean }) => {
      const { runServer } = await import('./processes.ts');
      await runServer(options.config ?? null, options.console);
    });
  program
    .command('worker')
    .description('运行一个后台任务进程（需要 PostgreSQL） / run one process of background work, on PostgreSQL')
    .option(...configOption)
    .action(async (options: ConfigOption) => {
      const { runWorker } = await import('./processes.ts');
      await runWorker(options.config ?? null);
    });
  program
    .command('migrate')
    .description('升级数据库结构，以表所有者的身份执行 / bring the database up to date, as the owner of its tables')
    .option(...configOption)
    .action(async (options: ConfigOption) => (await import('./administration.ts')).migrate(options.config ?? null));
  program
    .command('console')
    .description('控制台网页 / the console’s pages')
    .command('build')
    .description(
      '构建控制台，供无写权限的服务账号使用；输出其目录 / build the console, for service users who may not write; prints its folder',
    )
    .action(async () => (await import('./processes.ts')).buildConsole());
  registerKeys(program);
  registerAudit(program, configOption);
  registerUsers(program);
}

interface RotateOptions {
  readonly staged?: true;
  readonly algorithms?: Algorithms;
}

const algorithmsOption = () =>
  new Option(
    '--algorithms <name>',
    'aes：AES-256-GCM 与 SHA-256；sm：国密 SM4 与 SM3；轮换时默认沿用现有密钥的算法 / aes: AES-256-GCM and SHA-256; sm: SM4 and SM3; a rotation keeps those of the newest key unless told',
  ).choices(['aes', 'sm']);

function registerKeys(program: Command): void {
  const keys = program.command('keys').description('加密密钥 / the keys that seal personal data and codes');
  const load = () => import('./keys.ts');
  keys
    .command('new')
    .description('生成一份新的密钥 / make a new key ring')
    .argument(
      '[id]',
      '密钥编号：小写字母、数字、连字符；不填则自动生成 / id of the keys: a-z, 0-9, -; made up unless given',
    )
    .option(
      '--out <file>',
      '写入新文件，权限 0600，不覆盖已有文件；不填则输出到标准输出 / write a new file of mode 0600; standard output without it',
    )
    .addOption(algorithmsOption().default('aes'))
    .action(async (id: string | undefined, options: { readonly out?: string; readonly algorithms: Algorithms }) => {
      await (await load()).makeKeys(id ?? null, options.out ?? null, options.algorithms);
    });
  keys
    .command('rotate')
    .description('在密钥文件中加入新密钥 / add new keys to the key file')
    .argument('<id>', '新密钥编号，如 2026-12 / id of the new keys')
    .option(
      '--staged',
      '先只用于读取，全部进程重启后再启用 / only known at first; activate when every process has them',
    )
    .addOption(algorithmsOption())
    .option(...configOption)
    .action(async (id: string, { staged, algorithms, config }: ConfigOption & RotateOptions) => {
      await (await load()).rotateKeys(id, { staged: staged === true, algorithms }, config ?? null);
    });
  keys
    .command('activate')
    .description('启用已备好的密钥 / let staged keys seal and hash')
    .argument('<id>', '密钥编号 / id of the keys')
    .option(...configOption)
    .action(async (id: string, options: ConfigOption) => (await load()).activateKeys(id, options.config ?? null));
  registerKeyUses(keys);
}

/** What looks at everything that is under the keys. */
function registerKeyUses(keys: Command): void {
  const load = () => import('./keys.ts');
  keys
    .command('status')
    .description('各密钥所保护的数据量 / how much is under each key')
    .option('--json', '输出 JSON / print one JSON document')
    .option(...configOption)
    .action(async (options: ConfigOption & { readonly json?: true }) => {
      await (await load()).printKeyStatus(options.json === true, options.config ?? null);
    });
  keys
    .command('reseal')
    .description('用最新密钥重新加密，可中断后继续 / bring everything under the newest keys; can be interrupted')
    .option(
      '--pause-ms <n>',
      '每批之后的停顿，给繁忙的数据库让路 / a pause after each batch, for a busy database',
      readPause,
      0,
    )
    .option(...configOption)
    .action(async (options: ConfigOption & { readonly pauseMs: number }) => {
      await (await load()).reseal(options.pauseMs, options.config ?? null);
    });
  keys
    .command('retire')
    .description('停用不再使用的密钥 / take out keys that hold nothing any more')
    .argument('<id>', '密钥编号 / id of the keys')
    .option(...configOption)
    .action(async (id: string, options: ConfigOption) => (await load()).retireKeys(id, options.config ?? null));
}

function registerUsers(program: Command): void {
  const users = program.command('users').description('登录用户 / people who sign in');
  users
    .command('add')
    .description('邀请用户：给出一次性链接，由本人设置密码 / invite a person, who sets a password by a one-time link')
    .argument('<login>', '登录名 / login name')
    .requiredOption('--role <role>', 'customer | reviewer | operator | auditor')
    .requiredOption('--name <text>', '显示名称 / name to show')
    .option('--account <id>', '客户所属账号 / the account of a customer')
    .option('--mail <address>', '用邮件发送链接（须已配置 mail） / mail the link; needs a mail server')
    .option(...configOption)
    .action(
      async (
        login: string,
        options: ConfigOption & { role: string; name: string; account?: string; mail?: string },
      ) => {
        const { addUser } = await import('./administration.ts');
        const { role, name: displayName, account: accountId = null, mail = null } = options;
        await addUser({ login, role, displayName, accountId, mail }, options.config ?? null);
      },
    );
  users
    .command('reset')
    .description('给出重置密码的一次性链接 / a one-time link for another password')
    .argument('<login>', '登录名 / login name')
    .option('--second-factor', '同时移除验证器、恢复码和通行密钥 / remove the second factors, too', false)
    .option(...configOption)
    .action(async (login: string, options: ConfigOption & { secondFactor: boolean }) => {
      const { resetUser } = await import('./administration.ts');
      await resetUser(login, options, options.config ?? null);
    });
}

function readPause(text: string): number {
  const ms = Number(text);
  if (/^\d+$/.test(text) && ms <= 60_000) return ms;
  throw new InvalidArgumentError('应为 0 到 60000 的整数 / expected a whole number from 0 to 60000');
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('应为 0 到 65535 的整数 / expected a whole number from 0 to 65535');
}

function registerSample(program: Command): void {
  program
    .command('start')
    .description(
      '启动样例部署：数据库、服务、后台任务、模拟管局、阻断网关 / everything in one process, with sample data',
    )
    .option('--data <dir>', '数据目录 / where the data is kept', '.openbeian')
    .option('--host <address>', '监听地址 / address to listen on', '127.0.0.1')
    .option(
      '--port <number>',
      '控制台与接口的端口，0 为任选 / port of console and API; 0 takes a free one',
      readPort,
      8600,
    )
    .option('--gate-port <number>', '阻断网关的端口 / port of the gate', readPort, 8601)
    .option('--authority-port <number>', '模拟管局的端口 / port of the simulated authority', readPort, 8602)
    .option(
      '--on-network',
      '允许监听本机以外的地址（样例密码是公开的） / listen beyond this machine; the passwords are public',
    )
    .option('--calm', '模拟管局不重复、不迟到、不出错 / a simulated authority that never repeats, delays or fails')
    .option(
      '--by-hand',
      '没有管局接口的做法：运营人员在管局系统中录入，再填回结果 / as without a line to the authority: operators enter filings in its form, and the results here',
    )
    .addOption(
      new Option(
        '--wire <name>',
        '与模拟管局的接口：v3 为《企业系统接口规范》V3.0；plain 为便于阅读的 JSON。一个数据目录只用一种 / what is spoken with the simulated authority: interface V3.0, or plain JSON, which is easier to read; one of them for a data directory',
      )
        .choices(['v3', 'plain'])
        .default('v3'),
    )
    .action(async (options: StartOptions) => {
      const { start } = await import('./all-in-one.ts');
      await start(options);
    });
}
