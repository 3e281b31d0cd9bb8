import {
  isSealed,
  type KeyUse,
  type ResealProgress,
  type SealedKind,
  type SealingContext,
  type StoreTransaction,
  sealedKinds,
  sealingContexts,
} from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { resealValues, textIn } from '../filing/form-values.ts';
import { subjectText } from '../filing/subject-text.ts';

const batch = 200;

/**
 * Brings the next rows under the newest keys: one batch, one transaction, with how far it came. Killed at any moment it
 * goes on where it was; rows that are under the newest keys already are left alone, and so are those that no key opens:
 * they are reported, and do not stop the others from being encrypted again.
 * @returns what was looked at; null when everything has been.
 */
export async function resealNext(
  deps: FlowDeps,
): Promise<({ readonly kind: SealedKind; readonly seen: number } & Omit<Page, 'ids'>) | null> {
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
      return { kind, seen: page.ids.length, changed: page.changed, unreadable: page.unreadable };
    });
    if (done !== null) return done;
  }
  return null;
}

/** Resets the progress of re-encryption, so that the next run reads everything again. */
export async function restartReseal(deps: FlowDeps): Promise<void> {
  await deps.store.transaction(async (tx) => {
    for (const kind of sealedKinds) await tx.keys.putProgress(kind, { target: '', doneTo: '' }, deps.clock.now());
  });
}

/** Writes that everything was brought under the newest keys. */
export function recordReseal(deps: FlowDeps, changed: number): Promise<void> {
  const { sealing, hashing } = deps.vault.newest;
  return inWorkerTransaction(deps, (step) =>
    recordAudit(step, 'DataResealed', { kind: 'key', id: sealing }, { changed, hashing }),
  );
}

/** How much each key holds. Reads everything; for an operator, not for requests. */
export function countKeyUses(deps: FlowDeps): Promise<KeyUse[]> {
  return deps.store.transaction((tx) => tx.keys.count(deps.clock.now()), { isPatient: true });
}

interface Page {
  readonly ids: readonly string[];
  readonly changed: number;
  /** Ids of rows that could not be opened. */
  readonly unreadable: readonly string[];
}

/** What is found for each row, and the rows for which it cannot be. */
function readEach<Row extends { readonly id: string }, Found>(rows: readonly Row[], find: (row: Row) => Found) {
  const found: (readonly [Row, Found])[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    try {
      found.push([row, find(row)]);
    } catch {
      unreadable.push(row.id);
    }
  }
  return { found, unreadable, ids: rows.map(({ id }) => id) };
}

type Step = (deps: FlowDeps, tx: StoreTransaction, after: string) => Promise<Page>;

const steps: Readonly<Record<SealedKind, Step>> = {
  async codes(deps, tx, after) {
    const { found, unreadable, ids } = readEach(await tx.keys.codesAfter(after, batch), ({ id, sealed }) => ({
      // The code cannot be derived from its hash, so a new hash is computed from the decrypted code.
      lookupHash: deps.vault.hash(deps.vault.open(sealed, sealingContexts.codes(id)), 'code'),
      sealed: sealedAnew(deps, sealed, sealingContexts.codes(id)),
    }));
    const changed = found.filter(([row, next]) => row.sealed !== next.sealed || row.lookupHash !== next.lookupHash);
    if (changed.length > 0) await tx.keys.putCodes(changed.map(([{ id }, next]) => ({ id, ...next })));
    return { ids, unreadable, changed: changed.length };
  },

  async filings(deps, tx, after) {
    const page = readEach(await tx.keys.filingsAfter(after, batch), ({ id, form }) => {
      const { values, open } = resealValues(deps, id, form);
      const text = subjectText(textIn(open, 'subject.certificateType'), textIn(open, 'subject.certificateNumber'));
      return { values, hashes: deps.vault.hashes(text, 'subject') };
    });
    let changed = 0;
    for (const [{ id, subjectHash }, { values, hashes }] of page.found) {
      if (values !== null) await tx.keys.putForm(id, values);
      const [newest = '', ...former] = hashes;
      // Records and ledgers of the same subject go with it.
      const isFormer = former.includes(subjectHash);
      if (isFormer) await tx.keys.moveSubject(subjectHash, newest);
      if (values !== null || isFormer) changed += 1;
    }
    return { ids: page.ids, unreadable: page.unreadable, changed };
  },

  async subjects(deps, tx, after) {
    const page = readEach(await tx.keys.subjectsAfter(after, batch), ({ number, sealedName }) =>
      sealedAnew(deps, sealedName, sealingContexts.subjects(number)),
    );
    const changed = page.found.filter(([row, next]) => row.sealedName !== next);
    for (const [{ id }, next] of changed) await tx.keys.putSubject(id, next);
    return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
  },

  async webhooks(deps, tx, after) {
    const page = readEach(await tx.keys.webhooksAfter(after, batch), ({ id, sealedSecret, previousSealedSecret }) => {
      const again = (sealed: string) => sealedAnew(deps, sealed, sealingContexts.webhooks(id));
      return {
        next: again(sealedSecret),
        previous: previousSealedSecret === null ? null : again(previousSealedSecret),
      };
    });
    const changed = page.found.filter(
      ([row, { next, previous }]) => row.sealedSecret !== next || row.previousSealedSecret !== previous,
    );
    for (const [{ id }, { next, previous }] of changed) await tx.keys.putWebhook(id, next, previous);
    return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
  },

  addresses: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.addressesAfter(after, batch),
      contextOf: sealingContexts.addresses,
      put: (id, sealed) => tx.keys.putAddresses(id, sealed),
    }),

  messages: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.messagesAfter(after, batch),
      contextOf: sealingContexts.messages,
      put: (id, sealed) => tx.keys.putMessage(id, sealed),
    }),

  seals: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.sealsAfter(after, batch),
      contextOf: sealingContexts.seals,
      put: (sequence, sealed) => tx.keys.putSeal(sequence, sealed),
    }),

  people: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.peopleAfter(after, batch),
      contextOf: sealingContexts.people,
      put: (id, sealed) => tx.keys.putPerson(id, sealed),
    }),

  totp: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.totpAfter(after, batch),
      contextOf: sealingContexts.totp,
      put: (id, sealed) => tx.keys.putTotp(id, sealed),
    }),

  contests: (deps, tx, after) =>
    resealColumn(deps, {
      read: () => tx.keys.contestsAfter(after, batch),
      contextOf: sealingContexts.contests,
      put: (id, sealed) => tx.keys.putContest(id, sealed),
    }),
};

interface SealedColumn {
  readonly read: () => Promise<{ readonly id: string; readonly sealed: string }[]>;
  readonly contextOf: (id: string) => SealingContext;
  readonly put: (id: string, sealed: string) => Promise<void>;
}

/** For tables with one sealed column and nothing beside it. */
async function resealColumn(deps: FlowDeps, { read, contextOf, put }: SealedColumn): Promise<Page> {
  const page = readEach(await read(), ({ id, sealed }) => sealedAnew(deps, sealed, contextOf(id)));
  const changed = page.found.filter(([row, next]) => row.sealed !== next);
  for (const [{ id }, next] of changed) await put(id, next);
  return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
}

/** The same text where the newest key seals it already. What was written before its column was sealed is clear. */
function sealedAnew(deps: FlowDeps, sealed: string, context: SealingContext): string {
  if (!isSealed(sealed)) return deps.vault.seal(sealed, context);
  return isUnderNewest(deps, sealed) ? sealed : deps.vault.seal(deps.vault.open(sealed, context), context);
}

function isUnderNewest({ vault }: FlowDeps, sealed: string): boolean {
  return sealed.split('.')[1] === vault.newest.sealing;
}
