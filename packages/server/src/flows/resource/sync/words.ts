import type { SyncText } from '../../../ports/index.ts';

/** What operators read of inventories that are read by themselves. */
export const syncWords = {
  gone: (gone: number, known: number): SyncText => ({
    zh: `已知的 ${known} 台云资源中有 ${gone} 台不在云厂商的列表中，超过设定的限度，没有导入任何内容。请核对差异：确已释放的，请确认；否则请检查凭证和地域。`,
    en: `${gone} of ${known} known resources are no longer listed, which is beyond the configured bound, so nothing was imported. Review the changes: confirm if they were released; otherwise check credentials and regions.`,
  }),
  breaks: (breaking: number): SyncText => ({
    zh: `导入会影响 ${breaking} 台云资源上的授权码或备案，没有导入任何内容。请核对差异，确认后导入。`,
    en: `Importing would break codes or filings on ${breaking} ${breaking === 1 ? 'resource' : 'resources'}, so nothing was imported. Review the changes, then confirm.`,
  }),
  tooMany: (found: number, most: number): SyncText => ({
    zh: `云厂商列出 ${found} 台云资源，一次至多读取 ${most} 台。请按地域分成几项同步。`,
    en: `The cloud lists ${found} resources; one sync takes at most ${most}. Split it by regions.`,
  }),
  nothing: (known: number): SyncText => ({
    zh: `云厂商没有列出任何云资源，而已知有 ${known} 台。没有导入任何内容。请检查凭证、权限和地域；确已全部释放的，请确认。`,
    en: `The cloud lists no resources, while ${known} are known. Nothing was imported. Check credentials, permissions and regions; confirm if all were released.`,
  }),
  unexpected: {
    zh: '读取或比较时出错，原因见 worker 的日志；会自动重试。',
    en: 'Reading or comparing failed; the worker’s log has the cause. It is tried again by itself.',
  },
} as const;
