import {
  type KeyUse,
  type ResealProgress,
  type SealedKind,
  type StoreTransaction,
  sealedKinds,
  sealingContexts,
} from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { resealValues, textIn } from '../filing/form-values.ts';
import { subjectText } from '../filing/subject-text.ts';

const batch = 200;

/**
 * Brings the next rows under the newest keys: one batch, one transaction, with how far it came. Killed at any moment it
 * goes on where it was; rows that are under the newest keys already are left alone.
 * @returns what was looked at; null when everything has been.
 */
export async function resealNext(
  deps: FlowDeps,
): Promise<{ readonly kind: SealedKind; readonly seen: number; readonly changed: number } | null> {
  const { sealing, hashing } = deps.vault.newest;
  const target = `${sealing}/${hashing}`;
  for (const kind of sealedKinds) {
    const done = await deps.store.transaction(async (tx) => {
      const progress = await tx.keys.findProgress(kind);
      const after = progress?.target === target ? progress.doneTo : '';
      const page = await steps[kind](deps, tx, after);
      const last = page.ids.at(-1);
      if (last === undefined) return null;
      await tx.keys.putProgress(kind, { target, doneTo: last } satisfies ResealProgress, deps.clock.now());
      return { kind, seen: page.ids.length, changed: page.changed };
    });
    if (done !== null) return done;
  }
  return null;
}

/** Forgets how far sealing anew came, so that the next run looks at everything again. */
export async function restartReseal(deps: FlowDeps): Promise<void> {
  await deps.store.transaction(async (tx) => {
    for (const kind of sealedKinds) await tx.keys.putProgress(kind, { target: '', doneTo: '' }, deps.clock.now());
  });
}

/** How much each key holds. Reads everything; for an operator, not for requests. */
export function countKeyUses(deps: FlowDeps): Promise<KeyUse[]> {
  return deps.store.transaction((tx) => tx.keys.count(deps.clock.now()));
}

interface Page {
  readonly ids: readonly string[];
  readonly changed: number;
}
type Step = (deps: FlowDeps, tx: StoreTransaction, after: string) => Promise<Page>;

const steps: Readonly<Record<SealedKind, Step>> = {
  async codes(deps, tx, after) {
    const rows = await tx.keys.codesAfter(after, batch);
    const changed = rows.flatMap(({ id, sealed, lookupHash }) => {
      // By the hash alone nobody learns the code; by the sealed one the hash is made anew.
      const clear = deps.vault.open(sealed, sealingContexts.codes(id));
      const newHash = deps.vault.hash(clear, 'code');
      const isSealedBefore = !isUnderNewest(deps, sealed);
      if (!isSealedBefore && newHash === lookupHash) return [];
      return [
        {
          id,
          sealed: isSealedBefore ? deps.vault.seal(clear, sealingContexts.codes(id)) : sealed,
          lookupHash: newHash,
        },
      ];
    });
    if (changed.length > 0) await tx.keys.putCodes(changed);
    return { ids: rows.map(({ id }) => id), changed: changed.length };
  },

  async filings(deps, tx, after) {
    const rows = await tx.keys.filingsAfter(after, batch);
    let changed = 0;
    for (const { id, form, subjectHash } of rows) {
      const { values, open } = resealValues(deps, id, form);
      if (values !== null) await tx.keys.putForm(id, values);
      const text = subjectText(textIn(open, 'subject.certificateType'), textIn(open, 'subject.certificateNumber'));
      const [newest = '', ...former] = deps.vault.hashes(text, 'subject');
      // Records and ledgers of the same subject go with it.
      const isFormer = former.includes(subjectHash);
      if (isFormer) await tx.keys.moveSubject(subjectHash, newest);
      if (values !== null || isFormer) changed += 1;
    }
    return { ids: rows.map(({ id }) => id), changed };
  },

  async subjects(deps, tx, after) {
    const rows = await tx.keys.subjectsAfter(after, batch);
    const before = rows.filter(({ sealedName }) => !isUnderNewest(deps, sealedName));
    for (const { id, number, sealedName } of before) {
      const context = sealingContexts.subjects(number);
      await tx.keys.putSubject(id, deps.vault.seal(deps.vault.open(sealedName, context), context));
    }
    return { ids: rows.map(({ id }) => id), changed: before.length };
  },

  async webhooks(deps, tx, after) {
    const rows = await tx.keys.webhooksAfter(after, batch);
    const again = (id: string, sealed: string) =>
      isUnderNewest(deps, sealed)
        ? sealed
        : deps.vault.seal(deps.vault.open(sealed, sealingContexts.webhooks(id)), sealingContexts.webhooks(id));
    let changed = 0;
    for (const { id, sealedSecret, previousSealedSecret } of rows) {
      const next = again(id, sealedSecret);
      const previous = previousSealedSecret === null ? null : again(id, previousSealedSecret);
      if (next === sealedSecret && previous === previousSealedSecret) continue;
      await tx.keys.putWebhook(id, next, previous);
      changed += 1;
    }
    return { ids: rows.map(({ id }) => id), changed };
  },

  async addresses(deps, tx, after) {
    const rows = await tx.keys.addressesAfter(after, batch);
    const before = rows.filter(({ sealed }) => !isUnderNewest(deps, sealed));
    for (const { id, sealed } of before) {
      await tx.keys.putAddresses(
        id,
        deps.vault.seal(deps.vault.open(sealed, sealingContexts.addresses(id)), sealingContexts.addresses(id)),
      );
    }
    return { ids: rows.map(({ id }) => id), changed: before.length };
  },
};

function isUnderNewest({ vault }: FlowDeps, sealed: string): boolean {
  return sealed.split('.')[1] === vault.newest.sealing;
}
