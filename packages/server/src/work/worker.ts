import type { FlowDeps } from '../flows/command/deps.ts';
import { HandOvers } from './hand-overs.ts';
import { LookUps } from './look-ups.ts';
import { MessageTaker } from './message-taker.ts';
import { Reconciler } from './reconciler.ts';
import { Upkeep } from './upkeep.ts';
import type { WorkerOptions } from './worker-part.ts';

/**
 * The background work of one process that the filings need: hand-overs, look-ups, the authority's messages, upkeep, and the comparison of both books, none of
 * which waits for another. Any number of workers may run on one database; everything they do is idempotent.
 */
export class Worker {
  readonly handOvers: HandOvers;
  readonly lookUps: LookUps;
  readonly messages: MessageTaker;
  readonly upkeep: Upkeep;
  readonly reconciler: Reconciler;

  constructor(deps: FlowDeps, options: WorkerOptions) {
    this.handOvers = new HandOvers(deps, options);
    this.lookUps = new LookUps(deps, options);
    this.messages = new MessageTaker(deps, options);
    this.upkeep = new Upkeep(deps, options);
    this.reconciler = new Reconciler(deps, options);
  }

  /** One round of everything, one kind after another. @returns how many things were done; 0: there is nothing to do now. */
  async tick(): Promise<number> {
    const jobs = await this.handOvers.tick();
    const asked = await this.lookUps.tick();
    const messages = await this.messages.tick();
    const compared = await this.reconciler.tick();
    return jobs + asked + messages + compared + (await this.upkeep.tick());
  }

  /** Rounds until nothing is left to do, for stories and tests. @throws Error when it does not come to rest. */
  async settle(): Promise<void> {
    for (let round = 0; round < 1000; round += 1) if ((await this.tick()) === 0) return;
    throw new Error('the worker does not come to rest');
  }

  /** Rounds for ever, with a pause whenever there was nothing to do. */
  start(): void {
    for (const part of this.#parts()) part.start();
  }

  /** Ends after what is under way. */
  async stop(): Promise<void> {
    await Promise.all(this.#parts().map((part) => part.stop()));
  }

  #parts() {
    return [this.handOvers, this.lookUps, this.messages, this.upkeep, this.reconciler];
  }
}
