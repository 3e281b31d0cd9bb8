import { isFault } from '@openbeian/model/fault';
import {
  type Deployment,
  invitePersonByCommand,
  loadConfig,
  type MigrationProgress,
  openDeployment,
  resetPersonByCommand,
} from '@openbeian/server/main';
import { InputError } from '../io/input.ts';
import { sayingFaults } from './process-life.ts';

interface NewUser {
  readonly login: string;
  readonly role: string;
  readonly displayName: string;
  /** Null for staff. */
  readonly accountId: string | null;
  readonly mail: string | null;
}

/** `openbeian users add`. */
export async function addUser(user: NewUser, configFile: string | null): Promise<void> {
  const { login, role, accountId } = user;
  await withDeployment(configFile, async (deployment) => {
    const { store } = deployment.deps;
    if (accountId !== null && (await store.transaction((tx) => tx.accounts.find(accountId))) === null) {
      throw new InputError(`--account ${accountId}: 没有这个账号 / there is no such account`);
    }
    const link = await invitePersonByCommand(deployment, user).catch((error: unknown) => {
      if (!isFault(error, 'person.login_taken')) throw error;
      throw new InputError(`${login}: 登录名已存在，未作改动 / this login exists; nothing was changed`);
    });
    process.stdout.write(`已邀请 / invited: ${login} (${role})\n`);
    sayLink(link, 72);
  });
}

/** `openbeian users reset`. */
export async function resetUser(
  login: string,
  options: { readonly secondFactor: boolean },
  configFile: string | null,
): Promise<void> {
  await withDeployment(configFile, async (deployment) => {
    const link = await resetPersonByCommand(deployment, login, options).catch((error: unknown) => {
      if (!isFault(error, 'object.not_found')) throw error;
      throw new InputError(`${login}: 没有这个登录名 / there is no such login`);
    });
    sayLink(link, 1);
  });
}

/** The password is set by the person: nobody types another's. */
function sayLink(link: string | null, hours: number): void {
  process.stdout.write(
    link === null
      ? '一次性链接将由后台发送到其邮箱 / the worker mails the one-time link\n'
      : `请把链接交给本人设置密码（${hours} 小时内使用一次） / give this link to the person, who sets a password with it once within ${hours} h:\n${link}\n`,
  );
}

/** `openbeian migrate`: brings the database up to date, as the owner of its tables. */
export async function migrate(configFile: string | null): Promise<void> {
  await withDeployment(configFile, async () => {}, sayProgress);
  process.stdout.write('数据库已是本版本的结构 / the database has this release’s schema\n');
}

const states = {
  begun: '开始 / begun',
  going_on: '进行中 / going on',
  waiting: '等待其他程序释放锁 / waiting for a lock or another program',
  done: '完成 / done',
} as const;

/** A line for each step: `0012-search-and-counts 3/14 resource_search: 开始 / begun`. */
function sayProgress({ migration, step, steps, about, rows, state }: MigrationProgress): void {
  const place = step === undefined ? '' : ` ${step}/${steps} ${about}`;
  const count = rows === undefined ? '' : `, ${rows} 行 / rows`;
  process.stdout.write(`${migration}${place}: ${states[state]}${count}\n`);
}

export async function withDeployment(
  configFile: string | null,
  work: (deployment: Deployment) => Promise<void>,
  onMigration?: (progress: MigrationProgress) => void,
): Promise<void> {
  await sayingFaults(async () => {
    const replacements = onMigration === undefined ? {} : { onMigration };
    const deployment = await openDeployment(loadConfig(configFile, process.env), replacements);
    try {
      await work(deployment);
    } finally {
      await deployment.close();
    }
  });
}
