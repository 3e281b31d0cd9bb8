import type { LineTrouble } from '../../ports/index.ts';
import { zhWith } from './amounts.ts';
import type { Text } from './item.ts';

const because = (trouble: LineTrouble | null): Text =>
  trouble === null
    ? { zh: '', en: '' }
    : { zh: `：${trouble.zh}（${trouble.code}）`, en: `: ${trouble.en} (${trouble.code})` };

export const authorityWords = {
  byHand: {
    zh: '没有管局接口：订单由运营人员在管局系统中录入。',
    en: 'There is no line to the authority: operators enter filings in its own system.',
  },
  noLine: { zh: '尚未使用过任何线路。', en: 'No line has been used yet.' },
  lines: (open: number, all: number): Text => ({
    zh: `${all} 条线路中 ${open} 条可用`,
    en: `${open} of ${all} ${all === 1 ? 'line' : 'lines'} open`,
  }),
  stopped: (span: Text, trouble: LineTrouble | null): Text => ({
    zh: `${zhWith('已停止', span)}${because(trouble).zh}`,
    en: `Stopped for ${span.en}${because(trouble).en}`,
  }),
  stoppedTodo: {
    zh: '按管局的提示排除原因，然后恢复该线路。',
    en: 'Fix what the authority says, then resume the line.',
  },
  closed: (span: Text, trouble: LineTrouble | null): Text => ({
    zh: `暂停交互，${span.zh}后自动重试${because(trouble).zh}`,
    en: `Rests, and is tried again in ${span.en}${because(trouble).en}`,
  }),
  closedTodo: {
    zh: '无需操作；反复出现时请检查到该省管局的网络，或与其联系。',
    en: 'It goes on by itself. If this comes back, check the network to that authority, or ask it.',
  },
  unsure: (span: Text): Text => ({
    zh: `${span.zh}前的一次报送不清楚管局是否收到`,
    en: `Whether the authority has the package sent ${span.en} ago is not clear`,
  }),
  unsureTodo: {
    zh: '检查到管局的网络和 worker 的日志；接通后会自动核实。',
    en: 'Check the network to the authority and the worker’s log. It is cleared up once the line answers.',
  },
  late: (span: Text): Text => ({
    zh: `${zhWith('已逾期', span)}没有查询管局的结果`,
    en: `Results should have been asked for ${span.en} ago`,
  }),
  lateTodo: { zh: '检查 worker 是否在运行及其日志。', en: 'Check that a worker runs, and its log.' },
  cases: (count: number): Text => ({
    zh: `${count} 个事项等待运营人员处理`,
    en: `${count} ${count === 1 ? 'case waits' : 'cases wait'} for an operator`,
  }),
  casesTodo: { zh: '在“管局线路”页逐项处理。', en: 'Settle them on the page of authority lines.' },
  compared: (span: Text | null): Text =>
    span === null
      ? { zh: '尚未与管局核对过备案', en: 'The records have not been compared with the authority’s yet' }
      : { zh: `${zhWith('最近一次核对完成于', span)}前`, en: `last compared ${span.en} ago` },
  compareTodo: { zh: '在“管局线路”页开始核对。', en: 'Begin a comparison on the page of authority lines.' },
  noDifferences: (compared: Text): Text => ({
    zh: `没有待处理的差异，${compared.zh}`,
    en: `No open differences; ${compared.en}`,
  }),
  differences: (count: string, compared: Text): Text => ({
    zh: `${count} 处与管局不一致，${compared.zh}`,
    en: `${count} open differences to the authority’s records; ${compared.en}`,
  }),
  differencesTodo: { zh: '在“管局线路”页逐项修复。', en: 'Repair them one by one on the page of authority lines.' },
} as const;
