import type { Words } from '../../language/words.ts';

export const jobWords = {
  job: {
    title: { zh: '后台任务', en: 'Background jobs' },
    lead: {
      zh: '等待执行或等待重试的任务，通常会很快执行完成。',
      en: 'Jobs that are queued or being retried. This list is normally empty.',
    },
    topic: { zh: '任务', en: 'Job' },
    filing: { zh: '订单', en: 'Filing' },
    attempts: { zh: '失败次数', en: 'Failures' },
    runAt: { zh: '下次执行', en: 'Next run' },
    lastError: { zh: '最近的错误', en: 'Last error' },
    internalError: (name: string) => ({
      zh: `系统内部错误，详见日志（${name}）`,
      en: `Internal error; the log has more (${name})`,
    }),
    empty: { zh: '暂无等待中的任务', en: 'No queued jobs' },
    emptyHint: { zh: '所有任务均已完成。', en: 'All jobs are done.' },
    failures: { zh: '失败的任务', en: 'Failed jobs' },
    failuresLead: {
      zh: '已搁置的任务不会自动重试，请在排除故障后点击“重试”。',
      en: 'Parked jobs are not retried automatically. Fix the cause, then retry.',
    },
    failingOnly: { zh: '失败过的', en: 'Failed before' },
    parkedOnly: { zh: '已搁置的', en: 'Parked' },
    kind: { zh: '任务', en: 'Job' },
    failed: { zh: '失败次数', en: 'Failures' },
    retryAt: { zh: '下次重试', en: 'Next retry' },
    parked: { zh: '已搁置', en: 'Parked' },
    retry: { zh: '重试', en: 'Retry' },
    retryAll: (kind: string) => ({ zh: `重试全部已搁置的“${kind}”`, en: `Retry all parked: ${kind}` }),
    retryAllLead: {
      zh: '该种任务中所有已搁置的都会立即重试，不限于本页。请先排除故障。',
      en: 'All parked jobs of this kind are retried now, on whatever page. Fix the cause first.',
    },
    park: { zh: '搁置', en: 'Park' },
    noFailures: { zh: '暂无失败的任务', en: 'No failed jobs' },
    topics: {
      'authority.submit': { zh: '提交管局', en: 'Send to the authority' },
    },
  },
} satisfies Words;
