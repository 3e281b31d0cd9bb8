import { syncCountsText, syncStateNames } from '@openbeian/model/work';
import type { Words } from '../../language/words.ts';

const duration = (seconds: number) =>
  seconds < 120
    ? { zh: `${seconds} 秒`, en: `${seconds} s` }
    : { zh: `${Math.round(seconds / 60)} 分钟`, en: `${Math.round(seconds / 60)} min` };

/** Inventories that are read from clouds by themselves. */
export const syncPanelWords = {
  sync: {
    title: { zh: '定期同步', en: 'Scheduled sync' },
    name: { zh: '名称和地域', en: 'Name and regions' },
    state: { zh: '状态', en: 'State' },
    result: { zh: '最近一次', en: 'Last run' },
    next: { zh: '下次', en: 'Next' },
    soon: { zh: '即将运行', en: 'Soon' },
    every: (hours: number) => ({ zh: `每 ${hours} 小时`, en: `every ${hours} ${hours === 1 ? 'hour' : 'hours'}` }),
    none: { zh: '尚未运行', en: 'Not run yet' },
    took: (seconds: number) => ({
      zh: `用时 ${duration(seconds).zh}`,
      en: `took ${duration(seconds).en}`,
    }),
    states: syncStateNames,
    confirmed: { zh: '已确认，即将运行', en: 'Confirmed, runs next' },
    counts: syncCountsText,
    failures: (count: number) => ({
      zh: `连续失败 ${count} 次`,
      en: `Failed ${count} ${count === 1 ? 'time' : 'times'} in a row`,
    }),
    succeeded: (at: string) => ({ zh: `，上次成功 ${at}`, en: `; last succeeded ${at}` }),
    unread: (count: number) => ({ zh: `未读取的内容（${count}）`, en: `Not read (${count})` }),
    run: { zh: '立即运行', en: 'Run now' },
    runOf: (name: string) => ({ zh: `立即运行 ${name}`, en: `Run ${name} now` }),
    asked: { zh: '即将运行', en: 'It runs next' },
    review: { zh: '查看变更', en: 'Review changes' },
    hide: { zh: '收起变更', en: 'Hide changes' },
    changesOf: (name: string) => ({ zh: `${name} 待确认的变更`, en: `Changes of ${name} to be confirmed` }),
    confirm: { zh: '确认并导入', en: 'Confirm and import' },
    confirmLead: {
      zh: '将重新读取云厂商的列表并导入。只释放这里列出的云资源；超出的会再次等待确认。',
      en: 'The cloud is read again and imported. Only what is listed here is released; anything beyond waits again.',
    },
    agreed: { zh: '已确认，即将运行', en: 'Confirmed. It runs next.' },
  },
} satisfies Words;
