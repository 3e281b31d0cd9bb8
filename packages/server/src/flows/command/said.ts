import { createHash } from 'node:crypto';
import { isFault } from '@openbeian/model/fault';
import { sealingContexts } from '../../ports/index.ts';
import type { FlowDeps } from './deps.ts';
import { isShared } from './shared-parts.ts';
import type { Step } from './step.ts';

/*
 * People write names and telephone numbers into reasons and comments. So what they say is sealed in a table of its own, and a mark takes
 * its place wherever it is stored: in findings, notices, contests, the audit and answers kept under idempotency keys. Answers of
 * operations have the words again when they leave. A mark has a digest, so that the chain over the audit covers the words too; the
 * digest is salted, since words can be guessed.
 */

/** Private-use characters, which no input of ours means anything by, around the id and the digest. */
const mark = /\ue000(txt_[0-9A-Za-z]+)\.([0-9a-f]{32})\ue001/g;
const unreadable = '（无法读取 / unreadable）';

const digestOf = (sealedContent: string): string =>
  createHash('sha256').update(sealedContent).digest('hex').slice(0, 32);

/**
 * Seals what somebody wrote. @returns the mark to store in its place
 * @param where `audit` for what is named by one audit row only, with which it is cleared away
 */
export async function sayIn(step: Step, where: 'audit' | 'elsewhere', text: string): Promise<string> {
  const { deps, tx, at } = step;
  if (text === '') return '';
  const id = deps.ids.next('txt');
  // An id has 80 random bits: the salt, which nobody learns who does not open the text.
  const content = JSON.stringify([deps.ids.next('txt'), text]);
  const sealed = deps.vault.seal(content, sealingContexts.texts(id));
  await tx.saidTexts.insert({ id, sealed, at, ofAudit: where === 'audit' });
  return `\ue000${id}.${digestOf(content)}\ue001`;
}

/** A value with the words again instead of their marks; the same value where it has none. */
export async function withWords<Value>(deps: FlowDeps, value: Value): Promise<Value> {
  const ids = new Set<string>();
  eachText(value, (text) => {
    if (text.includes('\ue000')) for (const [, id = ''] of text.matchAll(mark)) ids.add(id);
  });
  if (ids.size === 0) return value;
  const rows = await deps.store.read((tx) => tx.saidTexts.list([...ids]), { after: null });
  const contents = new Map(rows.map(({ id, sealed }) => [id, openedOf(deps, id, sealed)]));
  const replaced = (text: string) =>
    text.replaceAll(mark, (_, id: string, digest: string) => wordsOf(contents.get(id), digest));
  // Of the same shape: only texts differ.
  return mapTexts(value, replaced) as Value;
}

/** The first of these values whose words are missing, were changed, or do not open; -1 where all are as they were said. */
export async function findWrongWords(deps: FlowDeps, values: readonly unknown[]): Promise<number> {
  const marks = values.map((value) => {
    const found: (readonly [id: string, digest: string])[] = [];
    eachText(value, (text) => {
      for (const [, id = '', digest = ''] of text.matchAll(mark)) found.push([id, digest]);
    });
    return found;
  });
  const ids = marks.flatMap((found) => found.map(([id]) => id));
  if (ids.length === 0) return -1;
  const rows = await deps.store.read((tx) => tx.saidTexts.list(ids), { after: null });
  const contents = new Map(rows.map(({ id, sealed }) => [id, openedOf(deps, id, sealed)]));
  const isWrong = ([id, digest]: readonly [string, string]) => digestOf(contents.get(id) ?? '') !== digest;
  return marks.findIndex((found) => found.some(isWrong));
}

/** Null where no key opens it: that hides nothing else. */
function openedOf({ vault }: FlowDeps, id: string, sealed: string): string | null {
  try {
    return vault.open(sealed, sealingContexts.texts(id));
  } catch (error) {
    if (isFault(error)) return null;
    throw error;
  }
}

function wordsOf(content: string | null | undefined, digest: string): string {
  if (content === null || content === undefined || digestOf(content) !== digest) return unreadable;
  // `sayIn` wrote a pair.
  const [, text] = JSON.parse(content) as readonly [string, string];
  return text;
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

function eachText(value: unknown, visit: (text: string) => void): void {
  if (isShared(value)) return;
  if (typeof value === 'string') visit(value);
  else if (Array.isArray(value)) for (const one of value) eachText(one, visit);
  else if (isPlain(value)) for (const key in value) eachText(value[key], visit);
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (isShared(value)) return value;
  if (typeof value === 'string') return value.includes('\ue000') ? change(value) : value;
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
}
