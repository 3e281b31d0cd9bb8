import type { Words } from '../../language/words.ts';

export const jobWords = {
  job: {
    title: { zh: '后台任务', en: 'Background jobs' },
    lead: {
      zh: '等待执行和重试中的任务，通常很快会执行完毕。',
      en: 'Jobs that are queued or being retried. This list is normally empty.',
    },
    topic: { zh: '任务', en: 'Job' },
    attempts: { zh: '失败次数', en: 'Failures' },
    runAt: { zh: '下次执行', en: 'Next run' },
    lastError: { zh: '最近的错误', en: 'Last error' },
    empty: { zh: '暂无等待中的任务', en: 'No queued jobs' },
    emptyHint: { zh: '所有任务均已完成。', en: 'All jobs are done.' },
    failures: { zh: '失败的任务', en: 'Failed work' },
    failuresLead: {
      zh: '已搁置的不会自动重试，排除原因后请点“重试”。',
      en: 'Parked items are not retried by themselves. Remove the cause, then retry.',
    },
    kind: { zh: '任务', en: 'Work' },
    failed: { zh: '失败次数', en: 'Failures' },
    retryAt: { zh: '下次重试', en: 'Next retry' },
    parked: { zh: '已搁置', en: 'Parked' },
    retry: { zh: '重试', en: 'Retry' },
    park: { zh: '搁置', en: 'Park' },
    noFailures: { zh: '没有失败的任务', en: 'Nothing has failed' },
    kinds: {
      overdue: { zh: '超时订单', en: 'Overdue filing' },
      message: { zh: '管局消息', en: 'Message of the authority' },
      forward: { zh: '报送管局', en: 'Send to the authority' },
      event: { zh: '授权码事件', en: 'Events of a code' },
      clock: { zh: '授权码停用日期', en: 'Stop day of a code' },
    },
    topics: {
      'authority.submit': { zh: '报送管局', en: 'Send to the authority' },
    },
  },
} satisfies Words;
