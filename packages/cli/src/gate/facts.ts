import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { crc32 } from 'node:zlib';
import { operations } from '@openbeian/contract';
import type { Day } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import {
  checkSums,
  dayNumber,
  decideByTable,
  decideHost,
  decodePreamble,
  type GateDecision,
  type GateRecord,
  headerLength,
  indexGateRecords,
  isOfExactName,
  type NameOnRecord,
  type NameTable,
  namesOnRecord,
  openGateSnapshot,
  openNameTable,
  openOverlay,
  preambleLength,
} from '@openbeian/model/gate';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, refusingFaults } from '../io/read-document.ts';
import { readRecords } from './decide.ts';

/** What hosts are decided by, and the names that are known. */
export interface GateFacts {
  /** The file, for messages. */
  readonly file: string;
  readonly outsideMainland: boolean;
  decide(host: string): GateDecision;
  names(): Iterable<NameOnRecord>;
}

/** Where facts come from: a running server, a snapshot, or else a records file. */
export interface FactsSource {
  readonly records?: string;
  /** Root of a server; the token of a gate is in OPENBEIAN_GATE_TOKEN. */
  readonly server?: string;
  readonly snapshot?: string;
  readonly policies?: readonly string[];
}

/**
 * Reads what hosts are decided by.
 * @throws InputError where the file is not what it should be
 */
export async function readGateFacts(source: FactsSource, at: Day, lang: Lang): Promise<GateFacts> {
  if (source.server !== undefined) {
    const text = await fetchSnapshot(source.server, process.env.OPENBEIAN_GATE_TOKEN, lang);
    return factsOfJson(source.server, text, at, lang);
  }
  const { records: file = '', snapshot } = source;
  if (snapshot !== undefined) return factsOfSnapshot(snapshot, at, lang);
  const { records: rows, lookup, context } = readRecords(file, lang, source.policies);
  return {
    file,
    outsideMainland: context.outsideMainland,
    decide: (host) => decideHost(host, lookup, context, at),
    names: () => namesOf(rows, context.defaultNames),
  };
}

/** A snapshot of a gate: the binary file (with the overlay beside it, where there is one), or JSON as the API gives it. */
function factsOfSnapshot(file: string, at: Day, lang: Lang): GateFacts {
  const context = { blockPage: '/blocked' };
  const table = refusingFaults(
    lang,
    (path) => `${file}: ${path}`,
    () => readTable(file, lang),
  );
  if (table !== null) {
    const outsideMainland = table.facts.region !== 'cn-mainland';
    return {
      file,
      outsideMainland,
      decide: (host) => decideByTable(host, table, at, { ...context, outsideMainland }),
      names: () => namesOnRecord(table),
    };
  }
  return factsOfJson(file, undefined, at, lang);
}

/** The snapshot that a server gives to gates now. */
async function fetchSnapshot(server: string, token: string | undefined, lang: Lang): Promise<string> {
  const zh = lang === 'zh';
  if (token === undefined) {
    throw new InputError(
      zh ? '请用环境变量 OPENBEIAN_GATE_TOKEN 给出网关令牌' : 'give a gate’s token by OPENBEIAN_GATE_TOKEN',
    );
  }
  const url = server.replace(/\/+$/, '') + operations.getGateSnapshot.path;
  let why: string;
  try {
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, redirect: 'error' });
    if (answer.status === 200) return await answer.text();
    await answer.body?.cancel();
    why = answer.status === 401 ? (zh ? '令牌不对' : 'the token is not right') : `HTTP ${answer.status}`;
  } catch (cause) {
    why = cause instanceof Error ? cause.message : String(cause);
  }
  throw new InputError(zh ? `${url}：无法读取快照（${why}）` : `${url}: the snapshot cannot be read (${why})`);
}

/** @param text of the file, where it was read before */
function factsOfJson(file: string, text: string | undefined, at: Day, lang: Lang): GateFacts {
  const context = { blockPage: '/blocked' };
  const sha256 = (content: string) => createHash('sha256').update(content).digest('hex');
  const open = (document: unknown) => openGateSnapshot(document, sha256);
  const { records, provider, defaultNames, region } =
    text === undefined ? readDocument(file, lang, open) : readDocument(file, lang, open, text);
  const names = new Set(defaultNames);
  const outsideMainland = region !== 'cn-mainland';
  const lookup = indexGateRecords(records);
  return {
    file,
    outsideMainland,
    decide: (host) => decideHost(host, lookup, { ...context, provider, defaultNames: names, outsideMainland }, at),
    names: () => namesOf(records, names),
  };
}

/** The binary snapshot, or null where the file is none. */
function readTable(file: string, lang: Lang): NameTable | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(lang === 'zh' ? `${file}：无法读取（${why}）` : `${file}: cannot be read (${why})`);
  }
  try {
    const read = (at: number, length: number): Uint8Array<ArrayBuffer> => {
      const bytes = new Uint8Array(length);
      let got = 0;
      for (let more = 1; got < length && more > 0; got += more)
        more = readSync(handle, bytes, got, length - got, at + got);
      if (got < length) throw cutShort();
      return bytes;
    };
    const size = fstatSync(handle).size;
    const head = size < headerLength ? null : read(0, headerLength);
    if (head === null || String.fromCharCode(...head.slice(0, 6)) !== 'OBGATE') return null;
    const { header, sums, facts, sum } = decodePreamble(read(0, preambleLength(head) ?? headerLength), crc32);
    if (size !== header.fileLength) throw cutShort();
    const hot = read(header.indexOffset, header.coldIndexOffset - header.indexOffset);
    checkSums(header, sums, hot, header.indexOffset, crc32);
    const table = openNameTable(header, facts, hot.buffer);
    const beside = `${file}.overlay`;
    if (!existsSync(beside)) return table;
    const { overlay, baseSum } = openOverlay(new Uint8Array(readFileSync(beside)).buffer, crc32);
    return baseSum === sum ? { ...table, overlay } : table;
  } finally {
    closeSync(handle);
  }
}

function cutShort(): Fault {
  const expected = 'expected a whole snapshot: the file is cut short or too long';
  return new Fault('input.invalid', {
    places: [{ path: 'snapshot', expected, expectedZh: '应为完整的快照，文件被截短或过长' }],
  });
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
