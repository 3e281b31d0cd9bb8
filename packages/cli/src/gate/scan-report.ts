import type { Lang } from '../io/read-document.ts';
import type { ScanReport } from './scan.ts';
import { scanWords } from './words.ts';

export type ScanForm = 'table' | 'json' | 'ndjson' | 'csv';

/** More lines without a name than this, and the report is not to be relied on. */
export const mostUnnamedShare = 0.01;

/** How the log was read, for the report's first line. */
export function readAsText({ readAs, totals }: ScanReport, lang: Lang): string {
  return scanWords.readAs(readAs, totals.lines)[lang];
}

/** Lines that named no host, with three of them; none where all did. */
export function unnamedTexts({ totals, unnamed }: ScanReport, lang: Lang): string[] {
  if (totals.malformedLines === 0) return [];
  const { share, examples } = unnamed;
  const texts = [
    scanWords.unnamed(totals.malformedLines, share)[lang],
    ...examples.map((each) => scanWords.example(each)[lang]),
  ];
  return share > mostUnnamedShare ? [...texts, scanWords.tooManyUnnamed(share)[lang]] : texts;
}

/**
 * The report as pieces of text, so that a long one is never whole in memory. CSV and NDJSON have a line for each name; JSON
 * has the totals too; the table says first how the log was read, and has the first `top`.
 */
export function* scanReportText(report: ScanReport, format: ScanForm, lang: Lang, top: number): Generator<string> {
  const { totals } = report;
  if (format === 'json') {
    const { readAs, unnamed } = report;
    let before = `${JSON.stringify({ readAs, unnamed, totals }).slice(0, -1)},"names":[`;
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
  yield `${readAsText(report, lang)}\n`;
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
