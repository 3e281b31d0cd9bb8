import type { Lang } from '../io/read-document.ts';
import type { ScanReport } from './scan.ts';
import { scanWords } from './words.ts';

export type ScanFormat = 'table' | 'json' | 'ndjson' | 'csv';

/**
 * The report as pieces of text, so that a long one is never whole in memory. CSV and NDJSON have a line for each name; JSON
 * has the totals too; the table has the first `top`.
 */
export function* scanReportText(report: ScanReport, format: ScanFormat, lang: Lang, top: number): Generator<string> {
  const { totals } = report;
  if (format === 'json') {
    let before = `{"totals":${JSON.stringify(totals)},"names":[`;
    for (const name of report.names()) {
      yield before + JSON.stringify(name);
      before = ',';
    }
    yield report.nameCount === 0 ? `${before}]}\n` : ']}\n';
  } else if (format === 'ndjson') {
    for (const name of report.names()) yield `${JSON.stringify(name)}\n`;
  } else if (format === 'csv') {
    yield 'name,outcome,reason,requests,bytes,share,firstSeenAt,lastSeenAt,hosts\r\n';
    for (const { name, outcome, reason, requests, bytes, share, firstSeenAt, lastSeenAt, hosts } of report.names()) {
      const times = [firstSeenAt ?? '', lastSeenAt ?? ''];
      const row = [name ?? '', outcome, reason, requests, bytes, share.toFixed(6), ...times, hosts.join(' ')];
      yield `${row.map((value) => csvField(String(value))).join(',')}\r\n`;
    }
  } else yield* tableOf(report, lang, top);
}

function* tableOf(report: ScanReport, lang: Lang, top: number): Generator<string> {
  const { totals, nameCount } = report;
  yield `${scanWords.columns[lang]}\n`;
  for (const { name, reason, requests, bytes, share, lastSeenAt } of report.names(top)) {
    const shown = name ?? scanWords.noName[lang];
    yield `${[requests, `${(share * 100).toFixed(2)}%`, bytes, reason, lastSeenAt ?? '-', shown].join('\t')}\n`;
  }
  const reasons = Object.entries(totals.byReason).map(([reason, count]) => `${reason} ${count}`);
  yield `${scanWords.totals(totals, nameCount, reasons)[lang]}\n`;
}

/** A text that a spreadsheet would run as a formula is kept from it; names and hosts come from strangers. */
function csvField(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
