import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { canonicalJson } from '@openbeian/model/canonical-json';
import {
  type Account,
  type InventoryReading,
  type OwnedResource,
  type PolicyFile,
  parseOwnedInventory,
} from '@openbeian/model/eligibility';
import { Fault } from '@openbeian/model/fault';
import { parseJson } from '@openbeian/model/json';
import type { Inventories, InventoryBody, InventoryCheck, InventoryRead } from '../ports/index.ts';
import { rowsOf } from './inventory-lines.ts';
import type { FromInventoryThread, InventoryThreadData, ToInventoryThread } from './inventory-worker.ts';
import { ThreadPool, type ThreadPoolBounds } from './thread-pool.ts';

/** One processor stays with the requests. The largest inventory is read in a second or two. */
const ordinaryBounds: ThreadPoolBounds = {
  threads: Math.max(1, Math.min(2, availableParallelism() - 1)),
  mostWaiting: 32,
  mostPerCaller: 8,
  limitMs: 20_000,
  memoryMb: 512,
};

/** An inventory of these many bytes is read in a few milliseconds, sooner than a thread could be told of it. */
const readHereBytes = 32 * 1024;

/** Reads and evaluates inventories in threads; what a program of this process made itself is read where it is. */
export class InventoryThreads implements Inventories {
  readonly #pool: ThreadPool<ToInventoryThread, FromInventoryThread>;
  readonly #reading: InventoryReading;

  constructor(policies: readonly PolicyFile[], reading: InventoryReading, bounds: Partial<ThreadPoolBounds> = {}) {
    this.#reading = reading;
    const data: InventoryThreadData = { policies, reading };
    this.#pool = new ThreadPool(new URL('./inventory-worker.ts', import.meta.url), data, {
      ...ordinaryBounds,
      ...bounds,
    });
  }

  async read(body: InventoryBody, caller: string): Promise<InventoryRead> {
    if (!(body instanceof Uint8Array)) return readHere(body, this.#reading);
    if (body.byteLength <= readHereBytes) {
      return readHere(parseJson(new TextDecoder().decode(body), readHereBytes), this.#reading);
    }
    const answer = await this.#ask(caller, { kind: 'read', body: ownBytes(body) });
    if (answer.kind !== 'read') throw unexpected(answer);
    const { accounts, resources, ...about } = answer.written;
    return { ...about, accounts: rowsOf<Account>(accounts), resources: rowsOf<OwnedResource>(resources) };
  }

  async check({ body, ...how }: InventoryCheck, caller: string): Promise<string> {
    const bytes = body instanceof Uint8Array ? ownBytes(body) : new TextEncoder().encode(JSON.stringify(body));
    const answer = await this.#ask(caller, { kind: 'check', body: bytes, ...how });
    if (answer.kind !== 'checked') throw unexpected(answer);
    return answer.json;
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  async #ask(caller: string, question: ToInventoryThread & { readonly body: Uint8Array<ArrayBuffer> }) {
    const answer = await this.#pool.ask(caller, question, [question.body.buffer]);
    if (answer.kind === 'refused') throw new Fault('input.invalid', answer.extras);
    if (answer.kind === 'failed') throw new Error(`an inventory cannot be read: ${answer.why}`);
    return answer;
  }
}

/** In memory of its own, which can be handed to a thread: small buffers share theirs with others. */
const ownBytes = (body: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(body);

const unexpected = ({ kind }: FromInventoryThread) => new Error(`a thread answered ${kind} to another question`);

function readHere(document: unknown, reading: InventoryReading): InventoryRead {
  const inventory = parseOwnedInventory(document, reading);
  const { accounts, resources } = inventory;
  const digest = createHash('sha256').update(canonicalJson(inventory)).digest('hex');
  return { accounts, resources, counts: { accounts: accounts.length, resources: resources.length }, digest };
}
