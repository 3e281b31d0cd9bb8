import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { canonicalJson } from '@openbeian/model/canonical-json';
import {
  check,
  type InventoryReading,
  type PolicyFile,
  parseInventory,
  parseOwnedInventory,
  policySet,
  shareReasons,
} from '@openbeian/model/eligibility';
import { Fault, type FaultExtras, isFault } from '@openbeian/model/fault';
import { parseJson } from '@openbeian/model/json';
import { linesOf, type WrittenInventory } from './inventory-lines.ts';

/** What the thread is started with. */
export interface InventoryThreadData {
  readonly policies: readonly PolicyFile[];
  readonly reading: InventoryReading;
}

/** What it is asked; `body` is a JSON document. */
export type ToInventoryThread =
  | { readonly kind: 'read'; readonly body: Uint8Array }
  | { readonly kind: 'check'; readonly body: Uint8Array; readonly at: string; readonly mostResources: number };

export type FromInventoryThread =
  | { readonly kind: 'read'; readonly written: WrittenInventory }
  | { readonly kind: 'checked'; readonly json: string }
  | { readonly kind: 'refused'; readonly extras: Pick<FaultExtras, 'places' | 'morePlaces'> }
  | { readonly kind: 'failed'; readonly why: string };

const port = parentPort;
// `ThreadPool` gives exactly this.
const { policies, reading } = workerData as InventoryThreadData;
const rules = policySet(policies);

port?.on('message', (message: ToInventoryThread) => {
  const answer = answerTo(message);
  const transfer = answer.kind === 'read' ? [answer.written.accounts.buffer, answer.written.resources.buffer] : [];
  port.postMessage(answer, transfer as ArrayBuffer[]);
});

function answerTo(message: ToInventoryThread): FromInventoryThread {
  try {
    return message.kind === 'read' ? read(message.body) : evaluate(message);
  } catch (error) {
    if (!isFault(error, 'input.invalid'))
      return { kind: 'failed', why: error instanceof Error ? (error.stack ?? '') : '' };
    const { places, morePlaces } = error.extras;
    return { kind: 'refused', extras: { ...(places && { places }), ...(morePlaces && { morePlaces }) } };
  }
}

/** A small body may have as many values as one of this size. */
const countedBytes = 256 * 1024;

const documentOf = (body: Uint8Array): unknown =>
  parseJson(new TextDecoder().decode(body), Math.max(body.byteLength, countedBytes));

function read(body: Uint8Array): FromInventoryThread {
  const inventory = parseOwnedInventory(documentOf(body), reading);
  const digest = createHash('sha256').update(canonicalJson(inventory)).digest('hex');
  const { accounts, resources } = inventory;
  const counts = { accounts: accounts.length, resources: resources.length };
  return { kind: 'read', written: { accounts: linesOf(accounts), resources: linesOf(resources), counts, digest } };
}

/** An answer may have so many times the bytes of the question, and some more. */
const timesAsLong = 4;
const freeBytes = 65_536;

function evaluate({ body, at, mostResources }: Extract<ToInventoryThread, { kind: 'check' }>): FromInventoryThread {
  const document = documentOf(body);
  refuseMany(document, mostResources);
  const inventory = parseInventory(document, reading);
  const json = JSON.stringify(shareReasons(check(inventory, rules, at)));
  const bytes = Buffer.byteLength(json);
  const most = timesAsLong * body.byteLength + freeBytes;
  // Each resource like these takes so much of what is free; a little less, since they are not all alike.
  const { length } = inventory.resources;
  if (bytes > most) throw tooMany(Math.max(1, Math.floor((0.95 * freeBytes * length) / (bytes - (most - freeBytes)))));
  return { kind: 'checked', json };
}

/** Before the rest is read: who sends too many is not told what else is wrong with them. */
function refuseMany(document: unknown, mostResources: number): void {
  const { resources } = (document ?? {}) as { readonly resources?: unknown };
  if (Array.isArray(resources) && resources.length > mostResources) throw tooMany(mostResources);
}

/** Larger inventories are for the command line, on a machine of one's own. */
function tooMany(most: number): Fault {
  const expected = `at most ${most} resources; check a larger inventory with \`openbeian check\``;
  const expectedZh = `一次至多 ${most} 台云资源；更大的清单请用 openbeian check 检查`;
  return new Fault('input.invalid', { places: [{ path: 'body.resources', expected, expectedZh }] });
}
