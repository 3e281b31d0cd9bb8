import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { operations } from '@openbeian/contract';
import type { PinnedKey } from '@openbeian/gate/pinned-key';
import type { Day } from '@openbeian/model/calendar';
import {
  dayNumber,
  decideByTable,
  decideHost,
  type GateDecision,
  type GateRecord,
  indexGateRecords,
  isOfExactName,
  type NameOnRecord,
  namesOnRecord,
  openGateSnapshot,
} from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';
import type { BothTexts } from '../io/words.ts';
import { readRecords } from './decide.ts';
import { type PinnedKeys, pinKeys } from './pinned-keys.ts';
import { type AsOf, readSnapshotFile } from './snapshot-file.ts';
import { gateWords } from './words.ts';

/** What hosts are decided by, and the names that are known. */
export interface GateFacts {
  /** The file, for messages. */
  readonly file: string;
  readonly outsideMainland: boolean;
  /** How far the facts go; null for a records file, which counts no changes. */
  readonly asOf: AsOf | null;
  decide(host: string): GateDecision;
  names(): Iterable<NameOnRecord>;
}

/** Where facts come from: a running server, a snapshot, or else a records file. */
export interface FactsSource {
  readonly records?: string;
  /** Root of a server; the token of a gate is in OPENBEIAN_GATE_TOKEN. */
  readonly server?: string;
  readonly snapshot?: string;
  /** The control plane's public keys: what none of them signed is refused. Required for a server on another machine. */
  readonly controlKeys?: readonly PinnedKey[];
  /** Lets the server be asked over plain http outside this machine. */
  readonly insecureTransport?: boolean;
  readonly policies?: readonly string[];
}

/**
 * Reads what hosts are decided by.
 * @throws InputError where the file is not what it should be
 */
export async function readGateFacts(source: FactsSource, at: Day, lang: Lang): Promise<GateFacts> {
  const { controlKeys = [] } = source;
  const keys = controlKeys.length === 0 ? null : pinKeys(controlKeys);
  if (source.server !== undefined) {
    requireProtected(source.server, source, lang);
    const text = await fetchSnapshot(source.server, process.env.OPENBEIAN_GATE_TOKEN, lang);
    return factsOfJson({ file: source.server, text, keys }, at, lang);
  }
  const { records: file = '', snapshot } = source;
  if (snapshot !== undefined) return factsOfSnapshot(snapshot, keys, at, lang);
  const { records: rows, lookup, context } = readRecords(file, lang, source.policies);
  return {
    file,
    outsideMainland: context.outsideMainland,
    asOf: null,
    decide: (host) => decideHost(host, lookup, context, at),
    names: () => namesOf(rows, context.defaultNames),
  };
}

/** A snapshot of a gate: the binary file with the changes beside it, or JSON as the API gives it. */
function factsOfSnapshot(file: string, keys: PinnedKeys | null, at: Day, lang: Lang): GateFacts {
  const context = { blockPage: '/blocked' };
  const read = refusingFaults(
    lang,
    (path) => `${file}: ${path}`,
    () => readSnapshotFile(file, lang, keys),
  );
  if (read !== null) {
    const { table, asOf } = read;
    const outsideMainland = table.facts.region !== 'cn-mainland';
    return {
      file,
      outsideMainland,
      asOf,
      decide: (host) => decideByTable(host, table, at, { ...context, outsideMainland }),
      names: () => namesOnRecord(table),
    };
  }
  return factsOfJson({ file, keys }, at, lang);
}

const isHere = (url: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);

/** As a gate: outside this machine only over https, and only what a pinned key signed. */
function requireProtected(server: string, { controlKeys = [], insecureTransport }: FactsSource, lang: Lang): void {
  if (!URL.canParse(server) || !/^https?:$/.test(new URL(server).protocol)) {
    throw new InputError(gateWords.noUrl(server)[lang]);
  }
  if (isHere(server)) return;
  if (server.startsWith('http:') && insecureTransport !== true) throw new InputError(gateWords.plainHttp(server)[lang]);
  if (controlKeys.length === 0) throw new InputError(gateWords.keyMissing(server)[lang]);
}

/** The snapshot that a server gives to gates now. */
async function fetchSnapshot(server: string, token: string | undefined, lang: Lang): Promise<string> {
  if (token === undefined) throw new InputError(gateWords.tokenMissing[lang]);
  const url = server.replace(/\/+$/, '') + operations.getGateSnapshot.path;
  let why: BothTexts;
  try {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'error' });
    if (answer.status === 200) return await answer.text();
    await answer.body?.cancel();
    why = answer.status === 401 ? gateWords.tokenWrong : untranslated(`HTTP ${answer.status}`);
  } catch (cause) {
    why = untranslated(cause instanceof Error ? cause.message : String(cause));
  }
  throw new InputError(gateWords.cannotReadSnapshot(url, why)[lang]);
}

/** What the machine says in English only. */
const untranslated = (text: string): BothTexts => ({ zh: text, en: text });

interface JsonSource {
  /** Or the address, for messages. */
  readonly file: string;
  /** Where it was read before. */
  readonly text?: string;
  readonly keys: PinnedKeys | null;
}

function factsOfJson({ file, text, keys }: JsonSource, at: Day, lang: Lang): GateFacts {
  const context = { blockPage: '/blocked' };
  const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
  const open = (document: unknown) => openGateSnapshot(document, sha256, keys?.isSignedSum);
  const { records, provider, defaultNames, region, version, builtAt } =
    text === undefined ? readDocument(file, lang, open) : readDocument(file, lang, open, text);
  const names = new Set(defaultNames);
  const outsideMainland = region !== 'cn-mainland';
  const lookup = indexGateRecords(records);
  return {
    file,
    outsideMainland,
    asOf: { change: version, at: builtAt },
    decide: (host) => decideHost(host, lookup, { ...context, provider, defaultNames: names, outsideMainland }, at),
    names: () => namesOf(records, names),
  };
}

function namesOf(records: readonly GateRecord[], defaultNames: ReadonlySet<string>): NameOnRecord[] {
  const names = new Map<string, NameOnRecord>();
  const add = (name: string, more: Partial<NameOnRecord>) => {
    const nothing = { name: domainToASCII(name), covers: false, exact: false, coverGrace: 0, exactGrace: 0 };
    names.set(name, { ...(names.get(name) ?? nothing), ...more });
  };
  for (const record of records) {
    const grace = record.graceUntil === undefined ? 0 : dayNumber(record.graceUntil);
    add(record.name, isOfExactName(record) ? { exact: true, exactGrace: grace } : { covers: true, coverGrace: grace });
  }
  for (const name of defaultNames) add(name, { covers: true });
  return [...names.values()];
}
