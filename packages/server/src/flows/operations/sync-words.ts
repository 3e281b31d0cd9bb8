import type { SyncCounts, SyncText } from '../../ports/index.ts';
import { counted, zhWith } from './amounts.ts';
import type { Text } from './item.ts';

export const syncWords = {
  syncs: (count: number): Text => {
    const { zh, en } = counted(count, ['项定期同步', 'scheduled sync']);
    return { zh: `云资源清单：${zh}`, en };
  },
  neverRan: { zh: '尚未运行', en: 'Not run yet' },
  running: { zh: '正在读取', en: 'Being read' },
  done: (it: SyncCounts, span: Text): Text => ({
    zh: `${zhWith('', span)}前：读取 ${it.read}，新增 ${it.new}，变更 ${it.changed}，不再列出 ${it.gone}`,
    en: `${span.en} ago: ${it.read} read, ${it.new} new, ${it.changed} changed, ${it.gone} no longer listed`,
  }),
  held: (because: SyncText): Text => ({ zh: `等待确认：${because.zh}`, en: `Waits for confirmation: ${because.en}` }),
  heldTodo: {
    zh: '在“导入资源”页查看差异，确认或排除原因后重新运行。',
    en: 'See the changes on the page of inventories; confirm them, or fix the cause and run it again.',
  },
  failed: (failures: number, because: SyncText, since: Text | null): Text => ({
    zh: `连续失败 ${failures} 次${since === null ? '' : `，上次成功在${zhWith('', since)}前`}：${because.zh}`,
    en: `Failed ${failures} ${failures === 1 ? 'time' : 'times'}${since === null ? '' : `, last succeeded ${since.en} ago`}: ${because.en}`,
  }),
  failedTodo: {
    zh: '按原因处理后，在“导入资源”页立即运行；也会自动重试。',
    en: 'Fix the cause, then run it from the page of inventories; it is also tried again by itself.',
  },
  late: (span: Text): Text => ({
    zh: `${zhWith('应在', span)}前运行，没有运行`,
    en: `Due ${span.en} ago and not run`,
  }),
  lateTodo: {
    zh: '检查 worker 是否在运行，且与服务进程使用同一份 inventory.sync 配置。',
    en: 'Check that a worker runs with the same inventory.sync as the servers.',
  },
  noCause: { zh: '原因见 worker 的日志', en: 'the worker’s log has the cause' },
} as const;
