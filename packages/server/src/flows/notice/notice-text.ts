import type { NoticeRow } from '../../ports/index.ts';

/** What a notice says; never a code. */
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
        en: `Resource ${resourceId} no longer meets the conditions, and its ${codes} ${few} cannot be used for now. Its page says why and how to fix it.`,
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
