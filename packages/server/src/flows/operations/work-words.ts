import type { TroubledWebhook } from '../../ports/index.ts';
import { counted, zhWith } from './amounts.ts';
import type { Text } from './item.ts';

const since = (span: Text | null): Text =>
  span === null
    ? { zh: '', en: '' }
    : { zh: zhWith('，最早的已等待', span), en: `; the oldest has waited for ${span.en}` };

export const workWords = {
  parked: (parked: number, retried: number): Text => {
    const again =
      retried === 0
        ? { zh: '', en: '' }
        : { zh: `，${retried} 项失败后等待重试`, en: `; ${retried} failed and are retried` };
    if (parked === 0) return { zh: `没有已搁置的任务${again.zh}`, en: `Nothing is parked${again.en}` };
    return { zh: `${parked} 项任务已搁置${again.zh}`, en: `${counted(parked, ['', 'item']).en} parked${again.en}` };
  },
  parkedOfKind: (count: string, cause: Text): Text => ({
    zh: `${count} 项已搁置，例如：${cause.zh}`,
    en: `${count} parked, for example: ${cause.en}`,
  }),
  parkedTodo: {
    zh: '排除原因后重试；不会自动重试。',
    en: 'Fix the cause, then retry. Nothing is retried by itself.',
  },
  handOvers: ({ total, failing }: { total: number; failing: number }, span: Text | null): Text =>
    total === 0
      ? { zh: '没有等待报送的订单', en: 'No filing waits to be sent' }
      : {
          zh: `${total} 项等待报送，其中 ${failing} 项失败过${since(span).zh}`,
          en: `${total} ${total === 1 ? 'waits' : 'wait'} to be sent, ${failing} of them failed before${since(span).en}`,
        },
  messages: (span: Text | null): Text =>
    span === null
      ? { zh: '没有等待重试的管局消息', en: 'No message of the authority waits for a retry' }
      : {
          zh: `有处理失败、等待重试的管局消息${since(span).zh}`,
          en: `Messages of the authority wait for a retry${since(span).en}`,
        },
  events: (span: Text | null): Text =>
    span === null
      ? { zh: '没有未转发的授权码事件', en: 'All code events have been relayed' }
      : { zh: `有未转发的授权码事件${since(span).zh}`, en: `Code events wait to be relayed${since(span).en}` },
  lateTodo: {
    zh: '等待过久。检查 worker 是否在运行，并查看失败的任务及其原因。',
    en: 'That is long. Check that a worker runs, and see failed jobs and their causes.',
  },
  queue: { zh: '投递队列', en: 'Deliveries' },
  deliveries: (span: Text | null): Text => ({
    zh: `投递有积压${since(span).zh}`,
    en: `Deliveries are late${since(span).en}`,
  }),
  webhooks: (count: string, troubled: number, span: Text | null): Text =>
    troubled === 0
      ? { zh: `没有投递失败的地址${since(span).zh}`, en: `No endpoint is failing${since(span).en}` }
      : {
          zh: `${count} 个地址投递失败或已暂停${since(span).zh}`,
          en: `${count} ${troubled === 1 ? 'endpoint fails or is' : 'endpoints fail or are'} paused${since(span).en}`,
        },
  webhook: ({
    accountId,
    pausedBecause,
    span,
  }: Pick<TroubledWebhook, 'accountId' | 'pausedBecause'> & { readonly span: Text }): Text => {
    const owner =
      accountId === null
        ? { zh: '服务商自己的地址', en: 'the provider’s own' }
        : { zh: `账号 ${accountId}`, en: `account ${accountId}` };
    const what = {
      failures: { zh: '因持续失败暂停', en: 'paused after failures' },
      gone: { zh: '接收方答复 410，已暂停', en: 'paused, since it answered 410' },
      failing: { zh: '投递失败', en: 'failing' },
    }[pausedBecause ?? 'failing'];
    return {
      zh: `${what.zh}，${zhWith('自', span)}前（${owner.zh}）`,
      en: `${what.en}, since ${span.en} ago (${owner.en})`,
    };
  },
  ownWebhookTodo: {
    zh: '查看最近的投递，修复接收方；已暂停的，修复后恢复。',
    en: 'See its last deliveries and fix the receiver; resume it where it is paused.',
  },
  webhookTodo: {
    zh: '请告知该账号修复接收方；已暂停的，由其在修复后恢复。',
    en: 'Tell that account to fix its receiver, and to resume it where it is paused.',
  },
  noMail: {
    zh: '未设置邮件服务器（mail.host）：通知只在控制台显示。',
    en: 'No mail server is configured (mail.host): notices appear in the console only.',
  },
  mail: (span: Text | null): Text =>
    span === null
      ? { zh: '没有等待发送的邮件', en: 'No email waits' }
      : { zh: `有邮件等待发送${since(span).zh}`, en: `Email waits${since(span).en}` },
  mailFails: (count: string, cause: Text): Text => ({
    zh: `${count} 封邮件发送失败、等待重试，例如：${cause.zh}`,
    en: `${count} failed and are retried, for example: ${cause.en}`,
  }),
  mailTodo: {
    zh: '检查邮件服务器和 mail 的设置；接通后自动重发。',
    en: 'Check the mail server and the mail settings. It is sent again by itself.',
  },
} as const;
