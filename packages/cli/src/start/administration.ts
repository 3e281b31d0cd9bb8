import { text } from 'node:stream/consumers';
import { createUser, type Deployment, loadConfig, openDeployment, setPassword } from '@openbeian/server/main';
import { InputError } from '../io/input.ts';
import { sayingFaults } from './process-life.ts';

interface NewUser {
  readonly login: string;
  readonly role: string;
  readonly displayName: string;
  /** Null for staff. */
  readonly accountId: string | null;
}

/** `openbeian users add`. */
export async function addUser(
  { login, role, displayName, accountId }: NewUser,
  configFile: string | null,
): Promise<void> {
  const password = await readPassword();
  await withDeployment(configFile, async ({ library, deps }) => {
    if (accountId !== null && (await deps.store.transaction((tx) => tx.accounts.find(accountId))) === null) {
      throw new InputError(`--account ${accountId}: 没有这个账号 / there is no such account`);
    }
    const user = { login, password, displayName, role: role as never, accountId };
    if (!(await createUser(library, user))) {
      throw new InputError(`${login}: 登录名已存在，未作改动 / this login exists; nothing was changed`);
    }
  });
  process.stdout.write(`已新增 / added: ${login} (${role})\n`);
}

/** `openbeian users set-password`. */
export async function resetPassword(login: string, configFile: string | null): Promise<void> {
  const password = await readPassword();
  await withDeployment(configFile, async ({ library }) => {
    if (!(await setPassword(library, login, password))) {
      throw new InputError(`${login}: 没有这个登录名 / there is no such login`);
    }
  });
  process.stdout.write(`已重置 / set: ${login}\n`);
}

/** One line of standard input, so that it appears in no process list and no shell history. */
async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('密码（输入后按 Ctrl+D） / password, then Ctrl+D: ');
  return (await text(process.stdin)).split(/\r?\n/)[0] ?? '';
}

/** `openbeian migrate`: brings the database up to date, as the owner of its tables. */
export async function migrate(configFile: string | null): Promise<void> {
  await withDeployment(configFile, async () => {});
  process.stdout.write('数据库已是本版本的结构 / the database has this release’s schema\n');
}

export async function withDeployment(
  configFile: string | null,
  work: (deployment: Deployment) => Promise<void>,
): Promise<void> {
  await sayingFaults(async () => {
    const deployment = await openDeployment(loadConfig(configFile, process.env));
    try {
      await work(deployment);
    } finally {
      await deployment.close();
    }
  });
}
