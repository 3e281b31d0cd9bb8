import { closeSync, openSync, readSync } from 'node:fs';
import { domainToUnicode } from 'node:url';
import type { Day } from '@openbeian/model/calendar';
import { type GateReason, gateReasons, splitNames } from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import type { Lang } from '../io/read-document.ts';
import { writeFile } from '../io/write-file.ts';
import type { GateFacts } from './facts.ts';
import type { AsOf } from './snapshot-file.ts';
import { gateWords } from './words.ts';

export type MapFormat = 'nginx' | 'haproxy';

/** Which map is made, for which day, and where it goes. */
export interface MapOptions {
  readonly format: MapFormat;
  readonly out: string;
  readonly at: Day;
  readonly lang: Lang;
}

/** What was written. */
export interface CompiledMap {
  readonly format: MapFormat;
  readonly file: string;
  readonly entries: number;
  readonly byReason: Partial<Record<GateReason, number>>;
  /** The last day on which every entry is right by itself: the earliest end of a grace that was written; null without. */
  readonly goodUntil: Day | null;
  /** The last change that the map knows of; null for a map of a records file. */
  readonly asOf: AsOf | null;
  /** Filed names that a map cannot hold exactly; they are blocked, and a proxy that asks the gate serves them. */
  readonly leftOut: readonly string[];
}

/** HAProxy's configuration looks up the last two to six labels of a host. */
const mostLabels = 6;

/** A label that nobody files: what an entry for "everything below" says is what a host below it gets. */
const below = 'openbeian-map-probe';
const dayMs = 86_400_000;

/**
 * Compiles records to a map for proxies that decide without a call, and puts it in place in one step: a proxy that
 * reloads at any moment reads the old file or the new one, whole.
 * @throws InputError for a region in which nothing is blocked, facts that are older than those of the map that is there, or a
 * file that cannot be written.
 */
export function compileMap(facts: GateFacts, { format, out, at, lang }: MapOptions): CompiledMap {
  if (facts.outsideMainland) throw new InputError(gateWords.outsideMainland(facts.file)[lang]);
  refuseOlder(out, facts.asOf, lang);
  const byReason: Partial<Record<GateReason, number>> = {};
  const leftOut: string[] = [];
  const lines: string[] = [];
  let goodUntil: Day | null = null;
  const put = (line: string, reason: GateReason) => {
    byReason[reason] = (byReason[reason] ?? 0) + 1;
    lines.push(line);
  };
  for (const { name, covers, exact, coverGrace, exactGrace } of facts.names()) {
    // What is below a name that the list of suffixes divides may be somebody else's, which no entry can say.
    const coversInMap = covers && !splitNames.has(name) && name.split('.').length <= mostLabels;
    if (name === '' || (covers && !coversInMap)) leftOut.push(domainToUnicode(name));
    if (name === '') continue;
    const self = facts.decide(name).reason;
    const rest = coversInMap ? facts.decide(`${below}.${name}`).reason : null;
    // An APP's record is for exactly its name; what is below goes by the website's.
    const isApart = exact && self !== rest;
    // nginx: a leading dot means the name itself and all below, label by label. HAProxy: looked up by whole labels,
    // and first the whole host behind an equals sign.
    if (isApart) put(format === 'nginx' ? `${name} ${self};` : `=${name} ${self}`, self);
    if (rest !== null) {
      const nginxName = isApart ? `*.${name}` : `.${name}`;
      put(format === 'nginx' ? `${nginxName} ${rest};` : `${name} ${rest}`, rest);
    }
    for (const [reason, grace] of [
      [self, exact ? exactGrace : 0],
      [self, coverGrace],
      [rest, coverGrace],
    ] as const) {
      const until = new Date(grace * dayMs).toISOString().slice(0, 10);
      if (reason === 'grace' && until >= at && (goodUntil === null || until < goodUntil)) goodUntil = until;
    }
  }
  const head = [
    `# openbeian gate map --format ${format}, for ${at}${asOfText(facts.asOf)}${goodUntil === null ? '' : `; good until ${goodUntil}`}`,
    `# ${lines.length} names; values: ${Object.keys(gateReasons).join(' ')}`,
  ];
  writeFile(out, [Buffer.from(`${[...head, ...lines].join('\n')}\n`)], lang);
  return { format, file: out, entries: lines.length, byReason, goodUntil, asOf: facts.asOf, leftOut };
}

/** Both count changes, and the facts have fewer and are not of a later moment: an older snapshot was put back. */
function refuseOlder(out: string, offered: AsOf | null, lang: Lang): void {
  const held = offered === null ? null : asOfMap(out);
  if (held === null || offered === null || offered.change >= held.change) return;
  if (offered.at !== null && held.at !== null && offered.at > held.at) return;
  throw new InputError(gateWords.olderThanMap(out, asOfText(held).slice(2), asOfText(offered).slice(2))[lang]);
}

/** How far the facts of a map go, by its first line; null without a map, or for one of a records file. */
function asOfMap(file: string): AsOf | null {
  const bytes = Buffer.alloc(500);
  try {
    const handle = openSync(file, 'r');
    try {
      readSync(handle, bytes, 0, bytes.length, 0);
    } finally {
      closeSync(handle);
    }
  } catch {
    return null;
  }
  const [head = ''] = bytes.toString('utf8').split('\n');
  const [, change, at = null] = /^# openbeian gate map .*; as of change (\d+)(?: of ([^;\s]+))?/.exec(head) ?? [];
  return change === undefined ? null : { change: Number(change), at };
}

function asOfText(asOf: AsOf | null): string {
  if (asOf === null) return '';
  return `; as of change ${asOf.change}${asOf.at === null ? '' : ` of ${asOf.at}`}`;
}
