import type { Words } from '../../language/words.ts';

export const jobWords = {
  job: {
    title: { zh: '后台任务', en: 'Background jobs' },
    lead: {
      zh: '等待执行和重试中的任务，通常很快会执行完毕。',
      en: 'Jobs that are queued or being retried. This list is normally empty.',
    },
    topic: { zh: '任务', en: 'Job' },
    attempts: { zh: '尝试次数', en: 'Attempts' },
    runAt: { zh: '下次执行', en: 'Next run' },
    lastError: { zh: '最近的错误', en: 'Last error' },
    empty: { zh: '暂无等待中的任务', en: 'No queued jobs' },
    emptyHint: { zh: '所有任务均已完成。', en: 'All jobs are done.' },
    topics: {
      'authority.submit': { zh: '报送管局', en: 'Send to the authority' },
      notify: { zh: '通知', en: 'Notify' },
    },
  },
} satisfies Words;
