import type { FileStoreFacts } from '../../ports/index.ts';
import { counted, zhWith } from './amounts.ts';
import type { Text } from './item.ts';

interface Certificate {
  readonly host: string;
  readonly until: string;
  readonly days: number;
  /** Why this server's machine does not trust it. */
  readonly doubt: string | null;
}

export const dataWords = {
  embedded: { zh: '可用（内置数据库，只有一个进程）', en: 'Available (embedded, one process)' },
  postgres: { zh: '可用（PostgreSQL）', en: 'Available (PostgreSQL)' },
  migrated: (migration: string, span: Text): Text => ({
    zh: `结构为 ${migration}，与本版本一致；${span.zh}前更新`,
    en: `At ${migration}, as this release wants it; brought up to date ${span.en} ago`,
  }),
  newerSchema: (migration: string, ours: string): Text => ({
    zh: `结构已是 ${migration}，应答本页的服务器只知道到 ${ours}`,
    en: `At ${migration}; the server that answers this page knows ${ours} and what is before it`,
  }),
  newerSchemaTodo: {
    zh: '升级期间属正常；请把其余的服务器和 worker 也升级并重启。',
    en: 'Normal during an upgrade. Upgrade and restart the other servers and workers, too.',
  },
  keys: (newest: string, span: Text | null, former: readonly string[]): Text => {
    const age = span === null ? { zh: '', en: '' } : { zh: zhWith('，已使用', span), en: `, for ${span.en}` };
    const others =
      former.length === 0
        ? { zh: '', en: '' }
        : {
            zh: `；更换中，尚未停用：${former.join('、')}`,
            en: `; rotation under way, not retired yet: ${former.join(', ')}`,
          };
    return {
      zh: `密钥环可读，当前密钥 ${newest}${age.zh}${others.zh}`,
      en: `The key ring is readable; ${newest} is in use${age.en}${others.en}`,
    };
  },
  keyMissing: (ids: readonly string[]): Text => ({
    zh: `密钥文件缺少数据库仍在使用的密钥：${ids.join('、')}`,
    en: `The key file lacks keys that the database still uses: ${ids.join(', ')}`,
  }),
  keyMissingTodo: {
    zh: '从备份恢复密钥文件中的这些密钥；不再使用的，先 openbeian keys reseal，再 keys retire。',
    en: 'Restore these keys from the backup of the key file. Where nothing is under them any more: openbeian keys reseal, then keys retire.',
  },
  wrongKeysTodo: {
    zh: '恢复属于此数据库的密钥文件，然后重启各进程。',
    en: 'Restore the key file that belongs to this database, then restart the processes.',
  },
  kept: {
    directory: { zh: '材料图片（已加密）保存在目录中', en: 'Pictures are kept sealed in a directory' },
    s3: {
      zh: '材料图片（已加密）保存在兼容 S3 的对象存储中',
      en: 'Pictures are kept sealed in an S3-compatible store',
    },
    memory: { zh: '材料图片只在内存中', en: 'Pictures are in memory only' },
  } satisfies Readonly<Record<FileStoreFacts['kept'], Text>>,
  noFiles: { zh: '没有进程报告材料存储的情况。', en: 'No process reports on the store of pictures.' },
  noFilesTodo: { zh: '启动服务器或 worker 后即可得知。', en: 'Known once a server or worker runs.' },
  reachable: { zh: '可访问', en: 'Reachable' },
  unreachable: { zh: '无法访问：不能上传和查看材料', en: 'Not reachable: materials can be neither uploaded nor seen' },
  unreachableTodo: {
    zh: '检查 materials.directory 或 materials.s3 的设置、权限和网络。',
    en: 'Check materials.directory or materials.s3, its rights and the network.',
  },
  free: (gigabytes: string): Text => ({
    zh: `可访问，磁盘剩余 ${gigabytes} GB`,
    en: `Reachable, ${gigabytes} GB free`,
  }),
  freeTodo: { zh: '清理或扩大该磁盘。', en: 'Free or enlarge that disk.' },
  noAddress: {
    zh: '没有设置 https 的对外地址（http.publicUrl），不知道使用的证书。',
    en: 'No public address of https is configured (http.publicUrl), so the certificate is not known.',
  },
  noAddressTodo: {
    zh: '对外提供服务时设置 http.publicUrl，服务器会每小时查看该地址的证书。',
    en: 'Set http.publicUrl where this is served to others: servers then look at its certificate once an hour.',
  },
  notLooked: { zh: '尚未查看证书。', en: 'Nobody has looked at the certificate yet.' },
  notLookedTodo: { zh: '服务器启动后一分钟内会查看。', en: 'A server does within a minute of its start.' },
  notRead: (host: string, trouble: string): Text => ({
    zh: `服务器无法连接 ${host} 查看证书（${trouble}）`,
    en: `The server could not reach ${host} to see its certificate (${trouble})`,
  }),
  notReadTodo: {
    zh: '允许服务器连接自己的对外地址，或用其他工具监控该证书。',
    en: 'Let the server reach its own public address, or watch the certificate by other means.',
  },
  certificate: ({ host, until, days, doubt }: Certificate): Text => {
    const trust =
      doubt === null
        ? { zh: '', en: '' }
        : { zh: `；服务器不认可该证书（${doubt}）`, en: `; the server does not trust it (${doubt})` };
    if (days < 0)
      return {
        zh: `${host} 的证书已于 ${until} 到期${trust.zh}`,
        en: `The certificate of ${host} ended on ${until}${trust.en}`,
      };
    return {
      zh: `${host} 的证书 ${until} 到期，还有 ${days} 天${trust.zh}`,
      en: `The certificate of ${host} ends on ${until}, in ${counted(days, ['', 'day']).en}${trust.en}`,
    };
  },
  renewTodo: {
    zh: '在前面的代理上更换证书，并检查自动续期为何没有进行。',
    en: 'Renew it at the proxy in front, and see why that is not done automatically.',
  },
  otherNameTodo: {
    zh: '证书不含此域名：在前面的代理上换用正确的证书。',
    en: 'It is another name’s certificate: let the proxy in front serve the right one.',
  },
} as const;
