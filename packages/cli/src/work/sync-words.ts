import { syncCountsText, syncStateNames } from '@openbeian/model/work';
import type { Words } from '../io/words.ts';

/** Texts about inventories that the worker reads from clouds. */
export const syncWords = {
  none: {
    zh: '没有设置定期同步（inventory.sync）',
    en: 'No scheduled sync is configured (inventory.sync)',
  },
  states: syncStateNames,
  next: (at: string) => ({ zh: `下次 ${at}`, en: `next at ${at}` }),
  nextNow: { zh: '即将运行', en: 'runs next' },
  counts: syncCountsText,
  unread: (text: string) => ({ zh: `未读取 ${text}`, en: `not read: ${text}` }),
  asked: { zh: '将立即同步', en: 'It runs now' },
  confirmed: { zh: '已确认，将重新读取并导入', en: 'Confirmed; the cloud is read again and imported' },
  breaks: (id: string, used: string) => ({ zh: `受影响  ${id}  ${used}`, en: `affected  ${id}  ${used}` }),
  gone: (id: string) => ({ zh: `不再列出  ${id}`, en: `no longer listed  ${id}` }),
  leftOut: (count: number) => ({ zh: `另有 ${count} 项`, en: `and ${count} more` }),
  toConfirm: (name: string, digest: string) => ({
    zh: `确认：openbeian work sync ${name} --confirm ${digest}`,
    en: `To confirm: openbeian work sync ${name} --confirm ${digest}`,
  }),
} satisfies Words;
