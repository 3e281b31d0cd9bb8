import type { StoreTransaction } from '../../ports/index.ts';
import type { RuleWorld } from './rule-world.ts';
import { withParts } from './with-parts.ts';

/** Takes what is reported and says nothing. */
export const ignore = (): void => {};
export const failed = (): never => {
  throw new TypeError('cannot be done in this test');
};
/** Failed work of that kind, as operators see it. */
export const failuresOf = async (world: RuleWorld, kind: string) =>
  (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.filter((one) => one.kind === kind);

/** The world's deps with other parts; its rules may still change. */
export const depsWith = (world: RuleWorld, parts: Partial<RuleWorld['deps']>): RuleWorld['deps'] =>
  Object.defineProperty({ ...world.deps, ...parts }, 'policies', { get: () => world.deps.policies });

/** The store, with a transaction in which something is broken. */
export const brokenStore = (world: RuleWorld, breakIn: (tx: StoreTransaction) => Partial<StoreTransaction>) => {
  const { store } = world.deps;
  const transaction = ((work) =>
    store.transaction((tx) => work(withParts(tx, breakIn(tx))))) as typeof store.transaction;
  return withParts(store, { transaction });
};

/** The vault, with one context that no key opens. */
export const vaultWithout = (world: RuleWorld, closed: string): RuleWorld['deps']['vault'] => {
  const { vault } = world.deps;
  return {
    newest: vault.newest,
    checks: vault.checks,
    seal: (clear, context) => vault.seal(clear, context),
    open: (sealed, context) => (context === closed ? failed() : vault.open(sealed, context)),
    makeDataKey: () => vault.makeDataKey(),
    dataKeyOf: (text) => vault.dataKeyOf(text),
    hash: (text, purpose) => vault.hash(text, purpose),
    hashes: (text, purpose) => vault.hashes(text, purpose),
  };
};

/** Rounds until nothing is left to do. */
export async function settle(round: () => Promise<number>): Promise<void> {
  for (let rounds = 0; rounds < 100; rounds += 1) if ((await round()) === 0) return;
  throw new Error('it does not come to rest');
}
