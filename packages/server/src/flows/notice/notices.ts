import type { NoticeRow } from '../../ports/index.ts';
import type { Actor, CommandCall, QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { runCommand } from '../command/run-command.ts';

/** Whose notices: a customer reads its account's, the provider's people the provider's. */
const readerOf = (actor: Actor): string | null => (actor.role === 'customer' ? actor.accountId : null);

/** Notices of the account, newest first. */
export async function listNotices(
  deps: FlowDeps,
  call: QueryCall,
  input: { readonly unread: 'true' | 'false'; readonly before?: string | undefined; readonly limit: number },
) {
  return deps.store.transaction(async (tx) => {
    const rows = await tx.notices.list(readerOf(call.actor), {
      unread: input.unread === 'true',
      limit: input.limit,
      ...(input.before !== undefined && { before: input.before }),
    });
    return {
      unread: await tx.notices.countUnread(readerOf(call.actor)),
      notices: rows.map(({ about: _about, ...row }) => ({ ...row, text: noticeText(row) })),
      next: rows.length === input.limit ? (rows.at(-1)?.id ?? null) : null,
    };
  });
}

/** Marks some, or all that are there now. */
export function markNoticesRead(
  deps: FlowDeps,
  call: CommandCall,
  input: { readonly ids?: readonly string[] | undefined },
): Promise<{ unread: number }> {
  return runCommand(deps, call, 'markNoticesRead', input, async (tx, at) => {
    await tx.notices.markRead(readerOf(call.actor), input.ids ?? null, at);
    return { unread: await tx.notices.countUnread(readerOf(call.actor)) };
  });
}

/** A notice in words; never a code. */
export function noticeText({ type, resourceId, codes, stopsOn, daysLeft }: Omit<NoticeRow, 'about'>) {
  const few = codes === 1 ? 'code' : 'codes';
  switch (type) {
    case 'CodeStopping':
      return {
        zh: `云资源 ${resourceId} 上的 ${codes} 个授权码将于 ${stopsOn} 起不能使用（发出本通知时还有 ${daysLeft} 天）；请在此之前续费该资源，或尽快用于备案。`,
        en: `${codes} ${few} of resource ${resourceId} cannot be used from ${stopsOn} on (${daysLeft} days ahead when this was sent). Renew the resource before, or use them soon.`,
      };
    case 'CodeSuspended':
      return {
        zh: `云资源 ${resourceId} 不再符合备案条件，其 ${codes} 个授权码暂停使用；请在资源页查看原因和办法。`,
        en: `Resource ${resourceId} no longer meets the conditions, and its ${codes} ${few} cannot be used for now. Its page says why and what mends it.`,
      };
    case 'CodeRevived':
      return {
        zh: `云资源 ${resourceId} 重新符合条件，其 ${codes} 个授权码恢复可用。`,
        en: `Resource ${resourceId} meets the conditions again, and its ${codes} ${few} can be used.`,
      };
    case 'WebhookPaused':
      return {
        zh: '一个事件通知地址因持续投递失败已暂停；请检查接收方后恢复它，未送出的事件会补发。',
        en: 'A webhook endpoint was paused because deliveries kept failing. Check the receiver and resume it; what waits is sent then.',
      };
  }
}
