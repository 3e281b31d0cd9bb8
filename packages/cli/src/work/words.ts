import type { Words } from '../io/words.ts';

export const workWords = {
  nothingFailed: { zh: '没有失败的后台任务', en: 'No background work has failed' },
  failures: (count: number) => ({ zh: `失败 ${count} 次`, en: `failed ${count} times` }),
  retryAt: (at: string) => ({ zh: `下次重试 ${at}`, en: `next retry at ${at}` }),
  parked: { zh: '已搁置', en: 'parked' },
  retried: { zh: '将立即重试', en: 'It will be retried now' },
  retriedAll: (count: number) => ({ zh: `将立即重试 ${count} 项`, en: `${count} will be retried now` }),
  parkedNow: { zh: '已搁置，不再自动重试', en: 'Parked; it is no longer retried automatically' },
} satisfies Words;
