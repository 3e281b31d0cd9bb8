import type { Words } from '../../language/words.ts';

export const jobWords = {
  job: {
    title: { zh: '后台任务', en: 'Jobs' },
    lead: {
      zh: '等待执行和正在重试的任务。正常情况下会很快清空。',
      en: 'Jobs that wait or are being retried. Normally this is soon empty.',
    },
    topic: { zh: '任务', en: 'Job' },
    attempts: { zh: '已试次数', en: 'Attempts' },
    runAt: { zh: '下次执行', en: 'Next run' },
    lastError: { zh: '最近的错误', en: 'Last error' },
    empty: { zh: '没有等待中的任务', en: 'No job is waiting' },
    emptyHint: { zh: '报送与通知均已完成。', en: 'Hand-overs and notices are all done.' },
    topics: {
      'authority.submit': { zh: '报送管局', en: 'Hand over to the authority' },
      notify: { zh: '通知', en: 'Notify' },
    },
  },
} satisfies Words;
