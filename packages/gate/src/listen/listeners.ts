import { createAnswerer } from '../answer/answer.ts';
import type { AnswerNeeds } from '../answer/answer-context.ts';
import type { GateConfig } from '../config.ts';
import type { GateLog } from '../log.ts';
import { openNumberPolicies } from '../snapshot/number-policy.ts';
import type { ConnectionCounts } from './connection-limit.ts';
import { type ListenedPlace, type Listener, listenAt } from './listener.ts';

/** What one thread answers with, at all addresses. */
interface ListenersNeeds extends Omit<AnswerNeeds, 'config'> {
  readonly config: GateConfig;
  readonly counts: ConnectionCounts;
  readonly log: GateLog;
}

/** All addresses of the gate, as one thread listens on them. */
export interface Listeners {
  /** In the order of the configuration: `listen`, then `listenFor`. */
  readonly all: readonly Listener[];
  /** Takes no more questions. What is still under way may end until `between` is through. */
  close(between?: () => Promise<void>): Promise<void>;
}

/** Where the configuration says that the gate listens. */
export function placesOf({ listen, listenFor }: Pick<GateConfig, 'listen' | 'listenFor'>): ListenedPlace[] {
  return [listen, ...listenFor];
}

/**
 * Listens at these places, which are those of the configuration in its order, and answers at each by its own region and policy.
 * @throws the system's error where that is not possible; nothing listens then
 */
export async function listenEverywhere(
  { config, counts, log, ...needs }: ListenersNeeds,
  places: readonly ListenedPlace[],
): Promise<Listeners> {
  const answererFor = createAnswerer({ config, ...needs });
  const policies = await openNumberPolicies(config, log);
  const askedAt = [
    { anyNumber: policies.own },
    ...config.listenFor.map(({ region }, at) => ({ region, anyNumber: policies.forAddresses[at] ?? null })),
  ];
  const all: Listener[] = [];
  const close = async (between = async () => {}) => {
    policies.close();
    const closed = all.map((listener) => listener.close());
    await between();
    for (const listener of all) listener.cut();
    await Promise.all(closed);
  };
  try {
    for (const [at, place] of places.entries()) {
      const answerer = answererFor(askedAt[at] ?? { anyNumber: null });
      all.push(await listenAt(place, { answerer, counts, config }));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { all, close };
}
