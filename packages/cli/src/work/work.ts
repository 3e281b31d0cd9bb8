import { type Command, Option } from 'commander';
import type { SyncOptions } from './sync-client.ts';
import type { WorkOptions } from './work-client.ts';

/** `openbeian work`: background work that failed, and syncs of inventories, over a running server. */
export function registerWork(program: Command): void {
  const work = program
    .command('work')
    .description(
      '失败的后台任务、云资源的定期同步（经由运行中的服务） / background work that failed and syncs of resources, over a running server',
    );
  withServer(work.command('list').description('列出已搁置的和等待重试的 / parked, and to be retried')).action(
    async (options: WorkOptions) => (await import('./work-client.ts')).list(options),
  );
  withServer(
    work
      .command('retry-all')
      .description('立即重试某一种任务中所有已搁置的 / try all parked work of one kind again now')
      .argument('<kind>', '任务种类，见 list / which work, as list names it'),
  ).action(async (kind: string, options: WorkOptions) => (await import('./work-client.ts')).retryAll(kind, options));
  for (const [action, description] of [
    ['retry', '排除原因后立即重试 / try it again now, once the cause is removed'],
    ['park', '搁置，不再自动重试 / do not retry it by itself'],
  ] as const) {
    withServer(
      work
        .command(action)
        .description(description)
        .argument('<kind>', '任务种类，见 list / which work, as list names it')
        .argument('<item>', '任务编号，见 list / its id, as list names it'),
    ).action(async (kind: string, itemId: string, options: WorkOptions) =>
      (await import('./work-client.ts')).reschedule(action, { kind, itemId }, options),
    );
  }
  registerSyncs(work);
}

function registerSyncs(work: Command): void {
  withServer(
    work.command('syncs').description('云资源的定期同步及最近一次的结果 / scheduled syncs with their last results'),
  ).action(async (options: WorkOptions) => (await import('./sync-client.ts')).listSyncs(options));
  withServer(
    work
      .command('sync')
      .description('立即同步一次，或查看、确认等待中的变更 / run one now, or see and confirm what it waits for')
      .argument('<name>', '配置 inventory.sync 中的 name，见 syncs / as syncs names it')
      .option('--held', '列出等待确认的变更 / list what waits for confirmation')
      .option('--confirm <digest>', '确认 --held 所列的变更 / confirm what --held listed'),
  ).action(async (name: string, options: SyncOptions) => (await import('./sync-client.ts')).runSync(name, options));
}

function withServer(command: Command): Command {
  return command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option('--login <name>', '运营人员登录名，默认取 OPENBEIAN_LOGIN / the operator’s login')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}
