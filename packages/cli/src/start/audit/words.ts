import type { Words } from '../../io/words.ts';

export const auditWords = {
  whole: (rows: number, seals: number) => ({
    zh: `审计记录与封印一致：${rows} 条记录，${seals} 个封印`,
    en: `The audit matches its seals: ${rows} rows, ${seals} seals`,
  }),
  last: (sequence: number, digest: string) => ({
    zh: `最后一个封印 ${sequence}：${digest}`,
    en: `Last seal ${sequence}: ${digest}`,
  }),
  unsealed: (rows: number) => ({ zh: `尚未封印：${rows} 条`, en: `Not sealed yet: ${rows} rows` }),
  cleared: (from: string, to: string, days: readonly { readonly rows: number }[]) => {
    const rows = days.reduce((sum, day) => sum + day.rows, 0);
    return {
      zh: `按保留期限清除：${from} 至 ${to}，共 ${days.length} 日、${rows} 条；清除记录与封印一致`,
      en: `Cleared by policy: ${from} to ${to}, ${days.length} days, ${rows} rows; the clearings match their seals`,
    };
  },
  late: (since: string) => ({
    zh: `${since} 以来的记录未封印：请检查后台任务是否在运行`,
    en: `Rows since ${since} are not sealed: is a worker running?`,
  }),
  differs: (day: string, seal: number) => ({
    zh: `审计记录被改动：${day}，封印 ${seal}`,
    en: `The audit was altered: ${day}, seal ${seal}`,
  }),
  noSigningKey: {
    zh: '导出文件须签名：请用 openbeian gate keys 生成密钥，并在 audit.signingKeyFile 中填写私钥文件',
    en: 'Exports are signed: make a key with openbeian gate keys, and name its private file in audit.signingKeyFile',
  },
  exportAltered: (day: string, seal: number) => ({
    zh: `${day} 的记录与封印 ${seal} 不一致，未导出；请执行 openbeian audit verify`,
    en: `The rows of ${day} differ from seal ${seal} and were not exported; run openbeian audit verify`,
  }),
  syslogAddress: (url: string) => ({
    zh: `${url}：应为 tls://主机:端口（本机的中继可用 tcp://127.0.0.1:端口）`,
    en: `${url}: expected tls://HOST:PORT (tcp://127.0.0.1:PORT for a relay on this machine)`,
  }),
  syslogAuthority: (file: string) => ({
    zh: `--syslog-ca ${file}：无法读取，应为 CA 证书文件（PEM）`,
    en: `--syslog-ca ${file}: cannot be read; expected a certificate of an authority (PEM)`,
  }),
  syslogFailed: (url: string, why: string) => ({
    zh: `未能发送到 ${url}：${why}；下次执行时重新发送该日`,
    en: `not sent to ${url}: ${why}; the next run sends that day again`,
  }),
  nothingSealed: (from: string | null) => ({
    zh: `${from === null ? '' : `${from} 以来`}没有已封印的记录，未导出任何文件（后台任务运行时，记录约五分钟后封印）`,
    en: `No sealed rows${from === null ? '' : ` since ${from}`}, so nothing was exported (while a worker runs, rows are sealed about five minutes later)`,
  }),
  exported: (written: number, left: number) => ({
    zh: `共写入 ${written} 日；此前已导出完整的 ${left} 日未改动`,
    en: `Days written: ${written}; exported whole before and left alone: ${left}`,
  }),
  sentDays: (days: number, url: string) => ({
    zh: `发送到 ${url}：${days} 日（只发送已结束且目录中尚无完整文件的日子）`,
    en: `Sent to ${url}: ${days} days (days that are over and have no complete file in the directory)`,
  }),
  sent: (day: string, url: string) => ({ zh: `${day} 已发送到 ${url}`, en: `${day} sent to ${url}` }),
  unfinished: { zh: '（当日尚未结束）', en: '(the day is not over)' },
  sealEdge: { zh: '封印边界', en: 'the seal’s edge' },
} satisfies Words;
