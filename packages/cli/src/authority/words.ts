import { findProvince } from '@openbeian/model/province';
import type { Lang, Words } from '../io/words.ts';

export const provinceName = (code: string, lang: Lang): string => findProvince(code)?.[lang] ?? code;

export const authorityWords = {
  noLines: { zh: '本部署没有到管局的 V3.0 线路', en: 'This deployment has no V3.0 lines to authorities' },
  open: { zh: '可用', en: 'open' },
  closed: (until: string) => ({ zh: `暂停至 ${until}`, en: `closed until ${until}` }),
  stopped: (at: string) => ({ zh: `已于 ${at} 停止`, en: `stopped at ${at}` }),
  sequence: (number: number) => ({ zh: `序号 ${number}`, en: `sequence ${number}` }),
  last: (at: string) => ({ zh: `最近交互 ${at}`, en: `last exchange ${at}` }),
  waiting: (count: number) => ({ zh: `等待管局 ${count} 件`, en: `${count} wait for the authority` }),
  cases: (count: number) => ({ zh: `待处理 ${count} 项`, en: `${count} open cases` }),
  downloadsWait: (until: string) => ({
    zh: `下载暂停至 ${until}，报送不受影响`,
    en: `no files are fetched until ${until}; uploads go on`,
  }),
  sending: { zh: '不清楚是否收到', en: 'may have arrived' },
  accepted: { zh: '管局已收到', en: 'accepted' },
  unsent: { zh: '未报送', en: 'not sent' },
  nameCases: {
    zh: '请列出事项编号，或用 --kind 指明处理哪一种',
    en: 'name the cases, or say of which kind by --kind',
  },
  seen: (settled: number, left: number) => ({
    zh: `已处理 ${settled} 项${left === 0 ? '' : `；${left} 项未处理：已由他人处理，或属于订单，须逐个处理`}`,
    en: `${settled} settled${left === 0 ? '' : `; ${left} left: settled by somebody else, or of a filing and settled one by one`}`,
  }),
  noCases: { zh: '没有待处理的事项', en: 'No open cases' },
  noPackages: { zh: '没有报送过', en: 'Nothing was sent' },
  noFiles: { zh: '没有下载过', en: 'Nothing was downloaded' },
  acknowledged: { zh: '已确认', en: 'acknowledged' },
  notAcknowledged: { zh: '未确认', en: 'not acknowledged' },
  settled: { zh: '已处理', en: 'Settled' },
  resumed: { zh: '线路已恢复', en: 'The line was resumed' },
  masked: {
    zh: '个人信息和管局的文字已隐藏；--reveal 显示全部，计入查看次数并记入审计。',
    en: 'Personal data and the authority’s words are masked; --reveal shows all of it, which is counted and audited.',
  },
  notStopped: { zh: '线路并未停止，未作改动', en: 'The line was not stopped; nothing was changed' },
} satisfies Words;

interface RunCounts {
  readonly compared: number;
  readonly asked: number;
  readonly skipped: number;
  readonly found: number;
}

export const reconcileWords = {
  started: { zh: '已开始对账', en: 'Reconciliation started' },
  underWay: { zh: '该省已有对账在进行', en: 'One of this province is under way' },
  calledOff: { zh: '对账已中止', en: 'Reconciliation called off' },
  noRuns: { zh: '没有对账过', en: 'Nothing was reconciled yet' },
  running: { zh: '进行中', en: 'under way' },
  done: { zh: '已完成', en: 'done' },
  called_off: { zh: '已中止', en: 'called off' },
  counts: ({ compared, asked, skipped, found }: RunCounts) => ({
    zh: `比对 ${compared} 条，查询管局 ${asked} 次，未比对 ${skipped} 条，差异 ${found} 处`,
    en: `${compared} compared, ${asked} asked about, ${skipped} left out, ${found} ${found === 1 ? 'difference' : 'differences'}`,
  }),
  waits: (until: string) => ({ zh: `等待至 ${until}`, en: `waits until ${until}` }),
  noDifferences: { zh: '没有差异', en: 'No differences' },
  sides: (ours: string, theirs: string) => ({
    zh: `本系统：${ours}；管局：${theirs}`,
    en: `here: ${ours}; authority: ${theirs}`,
  }),
  open: { zh: '待处理', en: 'open' },
  sent: { zh: '已重新报送', en: 'sent again' },
  case: { zh: '已转为待处理事项', en: 'a case was opened' },
  seen: { zh: '已知晓', en: 'seen' },
  ended: { zh: '已一致', en: 'agrees now' },
} satisfies Words;
