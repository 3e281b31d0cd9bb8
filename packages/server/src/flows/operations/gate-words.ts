import { counted, zhWith } from './amounts.ts';
import type { Text } from './item.ts';

const reasonNames: Readonly<Record<string, Text>> = {
  unfiled: { zh: '未备案', en: 'not filed' },
  access_missing: { zh: '未在本接入商接入备案', en: 'no access filing here' },
  cancelled: { zh: '已注销', en: 'cancelled' },
  suspended: { zh: '已暂停', en: 'suspended' },
  blacklisted: { zh: '黑名单', en: 'blacklisted' },
  malformed_host: { zh: '域名格式有误', en: 'malformed host' },
  no_snapshot: { zh: '没有快照', en: 'no snapshot' },
  snapshot_too_old: { zh: '快照过旧', en: 'snapshot too old' },
};
/** A reason that only another release knows is shown as it is. */
const reasonName = (reason: string): Text => reasonNames[reason] ?? { zh: reason, en: reason };

interface Decided {
  readonly allowed: number;
  readonly refused: number;
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
}

function decidedText({ allowed, refused, reasons }: Decided): Text {
  const of = (language: keyof Text) => reasons.map(({ reason, count }) => `${reasonName(reason)[language]} ${count}`);
  const [zh, en] = [of('zh'), of('en')];
  return {
    zh: `启动以来放行 ${allowed} 次、阻断 ${refused} 次${zh.length > 0 ? `（${zh.join('，')}）` : ''}`,
    en: `${allowed} allowed and ${refused} blocked since its start${en.length > 0 ? ` (${en.join(', ')})` : ''}`,
  };
}

export const gateWords = {
  gates: (live: number, version: number): Text => ({
    zh: `${live} 个网关在线，最新变更为第 ${version} 号`,
    en: `${counted(live, ['', 'gate']).en} in touch; the newest change is number ${version}`,
  }),
  noToken: {
    zh: '没有为网关设置令牌，网关不能读取备案数据。',
    en: 'No gate has a token, so none can read the records.',
  },
  noTokenTodo: {
    zh: '使用网关时，在配置 gate.tokens 中为每个网关设置令牌。',
    en: 'To use gates, give each a token in gate.tokens of the configuration.',
  },
  noGate: {
    zh: '设置了网关令牌，但没有网关来读取备案数据。',
    en: 'Gates have tokens, but none has asked for the records.',
  },
  noGateTodo: {
    zh: '启动网关（openbeian gate run），并检查其 controlUrl 和 token。',
    en: 'Start the gate (openbeian gate run), and check its controlUrl and token.',
  },
  silent: (span: Text): Text => ({
    zh: `${span.zh}没有来读取变更：它按已有的数据判断，新备案和注销在此之前不会生效`,
    en: `Has not asked for changes for ${span.en}: it decides by what it has, and nothing newer takes effect there`,
  }),
  silentTodo: {
    zh: '检查该网关及其到 controlUrl 的网络。已停用的网关七天后不再列出。',
    en: 'Check the gate and its way to controlUrl. One that was taken out of service is listed for seven days.',
  },
  /** Release and decisions, as far as the gate tells them. */
  about: ({ version, decided }: { readonly version: string; readonly decided: Decided | null }): Text => {
    const counts = decided && decidedText(decided);
    if (version === '' || counts === null) {
      return { zh: '；该网关不报告版本和判断次数', en: '; it does not tell its release and decisions' };
    }
    return { zh: `；版本 ${version}；${counts.zh}`, en: `; release ${version}; ${counts.en}` };
  },
  wholeSnapshots: (about: Text): Text => ({
    zh: `在线，每次读取整个快照${about.zh}`,
    en: `In touch, takes whole snapshots${about.en}`,
  }),
  current: (about: Text, sequence: number): Text => ({
    zh: `在线，数据最新（第 ${sequence} 号变更）${about.zh}`,
    en: `In touch and up to date (change ${sequence})${about.en}`,
  }),
  behind: (about: Text, changes: number, span: Text): Text => ({
    zh: `在线，落后 ${changes} 条变更，其中最新的${zhWith('一条在', span)}前${about.zh}`,
    en: `In touch, ${counted(changes, ['', 'change']).en} behind, of which the newest is ${span.en} old${about.en}`,
  }),
  behindTodo: {
    zh: '查看该网关的日志：磁盘已满、签名公钥不符时，它不接受新的变更。',
    en: 'See its log: with a full disk, or a public key that does not fit, it takes no changes.',
  },
  ahead: (about: Text, sequence: number, version: number): Text => ({
    zh: `在线，但它的数据（第 ${sequence} 号变更）比数据库（第 ${version} 号）新${about.zh}`,
    en: `In touch, but its data (change ${sequence}) is newer than the database’s (${version})${about.en}`,
  }),
  aheadTodo: {
    zh: '数据库是否恢复过备份？该网关会重新读取整个快照；几分钟后仍是如此，请重启它。',
    en: 'Was the database restored from a backup? The gate takes the whole snapshot again; if this lasts for minutes, restart it.',
  },
} as const;
