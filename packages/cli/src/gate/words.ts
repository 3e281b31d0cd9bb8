import type { BothTexts, Words } from '../io/words.ts';

export const gateWords = {
  cannotListen: (file: string, address: string, code: string) => ({
    zh: `${file}: listen：无法在 ${address} 监听（${code}），请换一个地址或端口`,
    en: `${file}: listen: cannot listen on ${address} (${code}): use another address or port`,
  }),
  outsideMainland: (file: string) => ({
    zh: `${file}: region：该地域在中国内地以外，不阻断任何域名，不需要映射文件`,
    en: `${file}: region: outside the mainland nothing is blocked, so there is no map to make`,
  }),
  tokenMissing: {
    zh: '请用环境变量 OPENBEIAN_GATE_TOKEN 给出网关令牌',
    en: 'set OPENBEIAN_GATE_TOKEN to the token of a gate',
  },
  tokenWrong: { zh: '令牌不正确', en: 'the token is wrong' },
  cannotReadSnapshot: (url: string, { zh, en }: BothTexts) => ({
    zh: `${url}：无法读取快照（${zh}）`,
    en: `${url}: the snapshot cannot be read (${en})`,
  }),
} satisfies Words;

/** What `gate scan` says. */
export const scanWords = {
  columns: {
    zh: ['请求', '占比', '字节', '原因', '最后一次', '备案域名'].join('\t'),
    en: ['requests', 'share', 'bytes', 'reason', 'last seen', 'filed domain'].join('\t'),
  },
  noName: { zh: '（无可备案域名）', en: '(no registrable domain)' },
  totals: (totals: { lines: number; requests: number }, names: number, reasons: readonly string[]) => ({
    zh: `共 ${totals.lines} 行，${totals.requests} 个请求，${names} 个域名不能访问：${reasons.join('，')}`,
    en: `${totals.lines} lines, ${totals.requests} requests, ${names === 1 ? '1 domain that is' : `${names} domains that are`} not served: ${reasons.join(', ')}`,
  }),
  cannotRead: (file: string, line: number, reason: string) => ({
    zh: `${file}：第 ${line} 行起无法读取（${reason}）`,
    en: `${file}:${line}: cannot be read (${reason})`,
  }),
  noHosts: (file: string, line: number | undefined) => ({
    zh: `${file}:${line}：没有一行能读出主机名；应为域名列表、以 $host 开头的 combined 日志、带主机名捕获的 HAProxy 日志，或含 host 字段的 JSON 行`,
    en: `${file}:${line}: no line names a host; expected a list of hosts, combined logs with $host in front, HAProxy's with the host captured, or JSON lines with a field host`,
  }),
  skipped: (file: string, lines: number, first: string) => ({
    zh: `${file}：${lines} 行读不出主机名，已跳过；行号：${first}`,
    en: `${file}: skipped ${lines} lines that name no host; the first: ${first}`,
  }),
} satisfies Words;
