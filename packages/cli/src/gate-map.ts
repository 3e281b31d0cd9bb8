import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import type { Day } from '@openbeian/model/calendar';
import { decideHost, type GateReason, gateReasons } from '@openbeian/model/gate';
import { readRecords } from './gate-decide.ts';
import { InputError } from './input.ts';
import type { Lang } from './read-document.ts';

export type MapFormat = 'nginx' | 'haproxy';

/** What was written. */
export interface CompiledMap {
  readonly format: MapFormat;
  readonly file: string;
  readonly entries: number;
  readonly byReason: Partial<Record<GateReason, number>>;
  /** The last day on which every entry is right by itself: the earliest end of a grace that was written; null without. */
  readonly goodUntil: Day | null;
  /** Filed names that a map cannot hold exactly; they are blocked, and a proxy that asks the gate serves them. */
  readonly leftOut: readonly string[];
}

/** HAProxy's configuration looks up the last two to six labels of a host. */
const mostLabels = 6;

/**
 * Registrable names below which the public suffix list has further suffixes (os.hedmark.no is one): what stands below
 * them may be somebody else's, which an entry for "this name and everything below" cannot say.
 */
const splitNames: ReadonlySet<string> = new Set([
  'akershus.no',
  'buskerud.no',
  'hedmark.no',
  'hordaland.no',
  'more-og-romsdal.no',
  'nordland.no',
  'ostfold.no',
  'telemark.no',
  'vestfold.no',
  'xn--mre-og-romsdal-qqb.no',
  'xn--stfold-9xa.no',
]);

/**
 * Compiles a records file to a map for proxies that decide without a call, and puts it in place in one step: a proxy that
 * reloads at any moment reads the old file or the new one, whole.
 * @throws InputError for bad records, a region in which nothing is blocked, or a file that cannot be written.
 */
export function compileMap(
  recordsFile: string,
  format: MapFormat,
  out: string,
  at: Day,
  lang: Lang,
  policyDirectories?: readonly string[],
): CompiledMap {
  const { records, lookup, context } = readRecords(recordsFile, lang, policyDirectories);
  if (context.outsideMainland) {
    throw new InputError(
      lang === 'zh'
        ? `${recordsFile}: region：该地域在中国内地以外，不阻断任何域名，不需要映射文件`
        : `${recordsFile}: region: outside the mainland nothing is blocked, so there is no map to make`,
    );
  }
  const byReason: Partial<Record<GateReason, number>> = {};
  const leftOut: string[] = [];
  const lines: string[] = [];
  let goodUntil: Day | null = null;
  const names = new Set([...records.map(({ name }) => name), ...context.defaultNames]);
  for (const name of names) {
    const ascii = domainToASCII(name);
    if (ascii === '' || splitNames.has(ascii) || ascii.split('.').length > mostLabels) {
      leftOut.push(name);
      continue;
    }
    const { reason } = decideHost(name, lookup, context, at);
    const until = reason === 'grace' ? lookup.get(name)?.graceUntil : undefined;
    if (until !== undefined && (goodUntil === null || until < goodUntil)) goodUntil = until;
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    // nginx: a leading dot stands for the name itself and all below, label by label. HAProxy: looked up by whole labels.
    lines.push(format === 'nginx' ? `.${ascii} ${reason};` : `${ascii} ${reason}`);
  }
  const head = [
    `# openbeian gate map --format ${format}, for ${at}${goodUntil === null ? '' : `; good until ${goodUntil}`}`,
    `# ${lines.length} names; values: ${Object.keys(gateReasons).join(' ')}`,
  ];
  replaceFile(out, `${[...head, ...lines].join('\n')}\n`, lang);
  return { format, file: out, entries: lines.length, byReason, goodUntil, leftOut };
}

function replaceFile(file: string, text: string, lang: Lang): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = openSync(draft, 'wx', 0o644);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(lang === 'zh' ? `${file}：无法写入（${why}）` : `${file}: cannot be written (${why})`);
  }
}
