import type { ScanReport } from './gate-scan.ts';
import type { Lang } from './read-document.ts';

export type ScanFormat = 'table' | 'json' | 'ndjson' | 'csv';

/** The report as text. CSV and NDJSON have a line for each name; JSON has the totals too; the table has the first `top`. */
export function scanReportText(report: ScanReport, format: ScanFormat, lang: Lang, top: number): string {
  const { totals, names } = report;
  if (format === 'json') return `${JSON.stringify(report)}\n`;
  if (format === 'ndjson') return names.map((name) => `${JSON.stringify(name)}\n`).join('');
  if (format === 'csv') {
    const head = 'name,outcome,reason,requests,bytes,share,firstSeenAt,lastSeenAt,hosts\r\n';
    const rows = names.map(({ name, outcome, reason, requests, bytes, share, firstSeenAt, lastSeenAt, hosts }) =>
      [
        name ?? '',
        outcome,
        reason,
        requests,
        bytes,
        share.toFixed(6),
        firstSeenAt ?? '',
        lastSeenAt ?? '',
        hosts.join(' '),
      ]
        .map((value) => csvField(String(value)))
        .join(','),
    );
    return head + rows.map((row) => `${row}\r\n`).join('');
  }
  const zh = lang === 'zh';
  const rows = names
    .slice(0, top)
    .map(({ name, reason, requests, bytes, share, lastSeenAt }) => [
      `${requests}`,
      `${(share * 100).toFixed(2)}%`,
      `${bytes}`,
      reason,
      lastSeenAt ?? '-',
      name ?? (zh ? '（无可备案域名）' : '(no registrable name)'),
    ]);
  const head = zh
    ? ['请求', '占比', '字节', '原因', '最后一次', '备案域名']
    : ['requests', 'share', 'bytes', 'reason', 'last seen', 'filed name'];
  const reasons = Object.entries(totals.byReason).map(([reason, count]) => `${reason} ${count}`);
  const sum = zh
    ? `共 ${totals.lines} 行，${totals.requests} 个请求，${names.length} 个域名不能访问：${reasons.join('，')}`
    : `${totals.lines} lines, ${totals.requests} requests, ${names.length} names that are not served: ${reasons.join(', ')}`;
  return [head, ...rows].map((row) => row.join('\t')).join('\n') + `\n${sum}\n`;
}

/** A text that a spreadsheet would run as a formula is kept from it; names and hosts come from strangers. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
