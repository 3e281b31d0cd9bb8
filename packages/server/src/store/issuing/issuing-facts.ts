import type { IssuingFacts } from '../../ports/resources.ts';
import type { IssuingQuestion } from '../queries/resources.ts';
import { Batcher } from './batcher.ts';

export interface IssuingFactsOptions {
  /** One read for several questions. */
  read(questions: readonly IssuingQuestion[]): Promise<(IssuingFacts | null)[]>;
  readonly maxAgeMs?: number;
  readonly maxEntries?: number;
  /** Monotonic milliseconds. */
  nowMs?(): number;
}

/**
 * What issuing is decided by, remembered for some minutes, so that issuing is one round trip to the database. Only a
 * decision to issue may be based on it: the issuing statement guards the resource's version and the buyer's real name,
 * and writes nothing when either is another by now. Whatever refuses has to read everything again. Since all of it is guarded, its age
 * cannot make an answer wrong; facts that have changed cost a statement in vain, and what nobody asks for makes room.
 */
export class IssuingFactsCache {
  readonly #batcher: Batcher<IssuingQuestion, IssuingFacts | null>;
  readonly #maxAgeMs: number;
  readonly #maxEntries: number;
  readonly #nowMs: () => number;
  /** By resource, oldest first. */
  readonly #facts = new Map<string, { readonly facts: IssuingFacts; readonly readAtMs: number }>();
  /** Accounts that exist; none is ever deleted, and a foreign key holds every grantee to it besides. */
  readonly #accounts = new Set<string>();

  constructor({ read, maxAgeMs = 600_000, maxEntries = 10_000, nowMs = () => performance.now() }: IssuingFactsOptions) {
    this.#batcher = new Batcher({ most: 64, run: read });
    this.#maxAgeMs = maxAgeMs;
    this.#maxEntries = maxEntries;
    this.#nowMs = nowMs;
  }

  /** Facts that are at most `maxAgeMs` old; null when there is no such resource. */
  async find(question: IssuingQuestion): Promise<IssuingFacts | null> {
    const { resourceId, granteeAccountId } = question;
    const known = this.#facts.get(resourceId);
    const granteeKnown = granteeAccountId === null || this.#accounts.has(granteeAccountId);
    if (known !== undefined && granteeKnown && this.#nowMs() - known.readAtMs <= this.#maxAgeMs) {
      return { ...known.facts, granteeKnown };
    }
    const readAtMs = this.#nowMs();
    const facts = await this.#batcher.ask(question);
    this.#facts.delete(resourceId);
    if (facts === null) return null;
    dropOldest(this.#facts, this.#maxEntries);
    this.#facts.set(resourceId, { facts, readAtMs });
    if (granteeAccountId !== null && facts.granteeKnown) {
      if (this.#accounts.size >= this.#maxEntries) this.#accounts.clear();
      this.#accounts.add(granteeAccountId);
    }
    return facts;
  }

  /** To be called as soon as a guard found a resource's facts to be others. */
  forget(resourceId: string): void {
    this.#facts.delete(resourceId);
  }
}

/** Makes room for one more: a Map keeps the order of insertion. */
function dropOldest(entries: Map<string, unknown>, most: number): void {
  const [oldest] = entries.keys();
  if (entries.size >= most && oldest !== undefined) entries.delete(oldest);
}
