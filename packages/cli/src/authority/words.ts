import type { Words } from '../io/words.ts';

export const authorityWords = {
  noLines: { zh: '本部署没有到管局的 V3.0 线路', en: 'This deployment has no V3.0 lines to authorities' },
  open: { zh: '可用', en: 'open' },
  closed: (until: string) => ({ zh: `暂停至 ${until}`, en: `closed until ${until}` }),
  stopped: (at: string) => ({ zh: `已于 ${at} 停止`, en: `stopped at ${at}` }),
  sequence: (number: number) => ({ zh: `序号 ${number}`, en: `sequence ${number}` }),
  last: (at: string) => ({ zh: `最近交互 ${at}`, en: `last exchange ${at}` }),
  waiting: (count: number) => ({ zh: `等待管局 ${count} 件`, en: `${count} wait for the authority` }),
  cases: (count: number) => ({ zh: `待处理 ${count} 项`, en: `${count} open cases` }),
  noCases: { zh: '没有待处理的事项', en: 'No open cases' },
  noPackages: { zh: '没有报送过', en: 'Nothing was sent' },
  noFiles: { zh: '没有下载过', en: 'Nothing was downloaded' },
  acknowledged: { zh: '已确认', en: 'acknowledged' },
  notAcknowledged: { zh: '未确认', en: 'not acknowledged' },
  settled: { zh: '已处理', en: 'Settled' },
  resumed: { zh: '线路已恢复', en: 'The line was resumed' },
  notStopped: { zh: '线路并未停止，未作改动', en: 'The line was not stopped; nothing was changed' },
} satisfies Words;
