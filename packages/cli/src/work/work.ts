import { type Command, Option } from 'commander';
import type { WorkOptions } from './work-client.ts';

/** `openbeian work`: background work that failed, over a running server. */
export function registerWork(program: Command): void {
  const work = program
    .command('work')
    .description('失败的后台任务（经由运行中的服务） / background work that failed, over a running server');
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
}

function withServer(command: Command): Command {
  return command
    .option('--server <url>', '服务地址，默认取 OPENBEIAN_SERVER 或 http://127.0.0.1:8600 / where the server is')
    .option('--login <name>', '运营人员登录名，默认取 OPENBEIAN_LOGIN / the operator’s login')
    .option('--json', '输出 JSON / print one JSON document')
    .addOption(new Option('--lang <lang>', '输出语言 / language').choices(['zh', 'en']).default('zh'));
}
