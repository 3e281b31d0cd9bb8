import { counted } from './amounts.ts';
import type { Text } from './item.ts';

const seconds = (ms: number): string => (Math.abs(ms) / 1000).toFixed(1);
const aheadOf = (ms: number): Text =>
  ms > 0
    ? { zh: `快 ${seconds(ms)} 秒`, en: `${seconds(ms)} s ahead` }
    : { zh: `慢 ${seconds(ms)} 秒`, en: `${seconds(ms)} s behind` };
const lagOf = (lagSeconds: number | null): Text =>
  lagSeconds === null
    ? { zh: '落后多少未知', en: 'its lag is not known' }
    : { zh: `最多落后 ${Math.ceil(lagSeconds)} 秒`, en: `at most ${Math.ceil(lagSeconds)} s behind` };

export const processWords = {
  servers: (count: number): Text => ({
    zh: `${count} 个服务器在运行`,
    en: `${counted(count, ['', 'server']).en} running`,
  }),
  noServer: { zh: '尚无服务器的运行报告。', en: 'No server has reported yet.' },
  noServerTodo: {
    zh: '服务器启动后半分钟内会有报告；一直没有时，请查看其日志能否写入数据库。',
    en: 'A server reports within half a minute of its start. If none does, see in its log whether it can write to the database.',
  },
  workers: (count: number): Text => ({
    zh: `${count} 个 worker 在运行`,
    en: `${counted(count, ['', 'worker']).en} running`,
  }),
  noWorker: {
    zh: '没有 worker 在运行：报送、管局消息、邮件和 Webhook 都不会处理。',
    en: 'No worker is running: hand-overs, messages of the authority, email and webhooks wait.',
  },
  noWorkerTodo: { zh: '启动 worker（openbeian worker）。', en: 'Start a worker (openbeian worker).' },
  runs: (version: string): Text => ({ zh: `运行中，版本 ${version}`, en: `Running, release ${version}` }),
  stalled: (version: string, work: readonly string[]): Text => ({
    zh: `运行中，版本 ${version}；以下任务停滞：${work.join('、')}`,
    en: `Running, release ${version}; stalled: ${work.join(', ')}`,
  }),
  stalledTodo: {
    zh: '查看该 worker 的日志，排除原因（如管局或邮件服务器无应答）后重启它。',
    en: 'See its log, fix the cause (an authority or mail server that does not answer), then restart it.',
  },
  missed: (span: Text): Text => ({ zh: `${span.zh}没有报告`, en: `Not heard of for ${span.en}` }),
  missedTodo: {
    zh: '检查该进程、所在机器及其到数据库的网络。已停用的进程一天后不再列出。',
    en: 'Check the process, its machine and its way to the database. One that was taken out of service is listed for a day.',
  },
  otherRelease: (version: string, migration: string, ours: { version: string; migration: string }): Text => ({
    zh: `版本 ${version}（${migration}），与应答本页的服务器不同：${ours.version}（${ours.migration}）`,
    en: `Release ${version} (${migration}); the server that answers this page has ${ours.version} (${ours.migration})`,
  }),
  otherReleaseTodo: {
    zh: '升级期间属正常；升级结束后仍不同时，请升级并重启旧的进程。',
    en: 'Normal during an upgrade. Afterwards, upgrade and restart the older process.',
  },
  noClock: { zh: '没有进程报告其时钟。', en: 'No process reports its clock.' },
  noClockTodo: { zh: '启动服务器或 worker 后即可得知。', en: 'Known once a server or worker runs.' },
  clocksAgree: (mostMs: number): Text =>
    mostMs < 100
      ? { zh: '各进程的时钟与数据库一致（相差不到 0.1 秒）', en: 'All clocks agree with the database’s (within 0.1 s)' }
      : {
          zh: `各进程的时钟与数据库相差不超过 ${seconds(Math.ceil(mostMs / 100) * 100)} 秒`,
          en: `All clocks are within ${seconds(Math.ceil(mostMs / 100) * 100)} s of the database’s`,
        },
  clocksDiffer: (count: number): Text => ({
    zh: `${count} 个进程的时钟与数据库不一致`,
    en: `${counted(count, ['', 'clock']).en} not in agreement with the database’s`,
  }),
  clockDiffers: (ms: number): Text => ({
    zh: `比数据库${aheadOf(ms).zh}`,
    en: `${aheadOf(ms).en} ${ms > 0 ? 'of' : ''} the database’s clock`.replace(/\s+/g, ' '),
  }),
  clockHeld: (ms: number): Text => ({
    zh: `时钟不可信（比数据库${aheadOf(ms).zh}，或刚发生跳变），到期处理已暂停`,
    en: `Not trusted (${aheadOf(ms).en}, or it jumped lately): deadlines are not acted on`,
  }),
  clockTodo: {
    zh: '在该机器上启用时间同步（chrony 或 NTP）；数据库的时间有误时，改正数据库所在的机器。',
    en: 'Enable time synchronisation (chrony or NTP) on that machine, or on the database’s where that one is wrong.',
  },
  replica: (used: number, all: number): Text => ({
    zh: `${all} 个服务器中 ${used} 个从备库读取列表`,
    en: `${used} of ${counted(all, ['', 'server']).en} read lists from the standby`,
  }),
  replicaRead: (lagSeconds: number | null): Text => ({
    zh: `从备库读取，${lagOf(lagSeconds).zh}`,
    en: `Reads the standby, ${lagOf(lagSeconds).en}`,
  }),
  replicaUnused: (why: Text, lagSeconds: number | null): Text => ({
    zh: `改从主库读取：${why.zh}（${lagOf(lagSeconds).zh}）`,
    en: `Reads the primary: ${why.en} (${lagOf(lagSeconds).en})`,
  }),
  replicaTodo: {
    zh: '请求不受影响。检查备库及其复制；含义见文档 high-availability。',
    en: 'Requests are not affected. Check the standby and its replication; see “high availability” in the documentation.',
  },
} as const;

const reasons: Readonly<Record<string, Text>> = {
  starting: { zh: '刚启动', en: 'just started' },
  away: { zh: '备库无法连接或没有应答', en: 'the standby cannot be reached' },
  no_standby: { zh: '所连的数据库可写，不是备库', en: 'what answers takes writes and is no standby' },
  other_database: { zh: '不是同一数据库的备库', en: 'it is a standby of another database' },
  other_schema: { zh: '备库没有本版本的迁移', en: 'it lacks this release’s migrations' },
  role: { zh: '数据库角色不能读取备库的全部表', en: 'its role may not read all tables, or owns them' },
  behind: { zh: '备库落后超过上限', en: 'it is further behind than the bound' },
  primary_changed: { zh: '主库刚切换或重启', en: 'the primary was replaced or restarted lately' },
  primary_away: { zh: '不知道主库的位置', en: 'where the primary is in its log is not known' },
  failed: { zh: '读取出错', en: 'a reading failed' },
};

/** A word that only another release knows is shown as it is. */
export const whyPrimary = (why: string): Text => reasons[why] ?? { zh: why, en: why };
