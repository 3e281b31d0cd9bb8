import { Fault } from '@openbeian/model/fault';
import {
  isSealed,
  type KeyUse,
  type ResealProgress,
  type SealedKind,
  type SealedRange,
  type SealingContext,
  type StoreTransaction,
  sealedKinds,
  sealedThings,
  sealingContexts,
} from '../../ports/index.ts';
import { causeOf, type ReportFailure, retryDue } from '../command/attempt-item.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { resealValues, textIn } from '../filing/form-values.ts';
import { subjectText } from '../filing/subject-text.ts';
import { contentHashOf, openBlobSecrets } from '../materials/blob-secrets.ts';

const batch = 200;

/**
 * Brings the next rows under the newest keys: one batch, one transaction, with how far it came. Killed at any moment it
 * goes on where it was; rows that are under the newest keys already are left alone, and so are those that no key opens:
 * each is failed work that is parked for an operator, and does not stop the others from being encrypted again.
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
      const page = await steps[kind](deps, tx, { after, limit: batch });
      const last = page.ids.at(-1);
      if (last === undefined) return null;
      await noteUnreadable(deps, tx, kind, page);
      await tx.keys.putProgress(kind, { target, doneTo: last } satisfies ResealProgress, deps.clock.now());
      return { kind, seen: page.ids.length, changed: page.changed, unreadable: page.unreadable };
    });
    if (done !== null) return done;
  }
  return null;
}

const itemOf = (kind: SealedKind, id: string): string => `${kind}:${id}`;

/** What no key opens is parked, and what opens again is no failure any more. */
async function noteUnreadable(deps: FlowDeps, { workFailures }: StoreTransaction, kind: SealedKind, page: Page) {
  await workFailures.clearAll(
    'reseal',
    page.ids.filter((id) => !page.unreadable.some((row) => row.id === id)).map((id) => itemOf(kind, id)),
  );
  for (const { id, cause } of page.unreadable) {
    const row = { kind: 'reseal', itemId: itemOf(kind, id), payload: null, sealedPayload: null } as const;
    await workFailures.put({ ...row, failedAt: deps.clock.now(), retryAt: null, lastError: cause });
  }
}

/** Rows that an operator has restored, or whose key is in the key ring again: each by itself. @returns how many were due */
export function retryReseal(deps: FlowDeps, report: ReportFailure): Promise<number> {
  return retryDue(deps, 'reseal', report, async ({ tx }, itemId) => {
    const [kind, id] = [itemId.slice(0, itemId.indexOf(':')), itemId.slice(itemId.indexOf(':') + 1)];
    // Written by `itemOf`; a kind that a later release does not have is nothing to work on.
    const step = steps[kind as SealedKind] as PageStep | undefined;
    const unreadable = (await step?.(deps, tx, { id }))?.unreadable[0];
    if (unreadable !== undefined) throw unreadableFault(unreadable.cause);
  });
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
  readonly unreadable: readonly UnreadableRow[];
}

/** A row that could not be opened. */
interface UnreadableRow {
  readonly id: string;
  /** Names the table and the row. */
  readonly cause: string;
}

/** What is found for each row, and the rows for which it cannot be. */
function readEach<Row extends { readonly id: string }, Found>(
  kind: SealedKind,
  rows: readonly Row[],
  find: (row: Row) => Found,
) {
  const found: (readonly [Row, Found])[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    try {
      found.push([row, find(row)]);
    } catch (error) {
      const where = `${sealedThings[kind].join(', ')} of row ${row.id}`;
      unreadable.push({ id: row.id, cause: `${where}: ${causeOf(error)}` });
    }
  }
  return { found, unreadable, ids: rows.map(({ id }) => id) };
}

type PageStep = (deps: FlowDeps, tx: StoreTransaction, range: SealedRange) => Promise<Page>;

const steps: Readonly<Record<SealedKind, PageStep>> = {
  async codes(deps, tx, range) {
    const { found, unreadable, ids } = readEach('codes', await tx.keys.codesIn(range), ({ id, sealed }) => ({
      // The code cannot be derived from its hash, so a new hash is computed from the decrypted code.
      lookupHash: deps.vault.hash(deps.vault.open(sealed, sealingContexts.codes(id)), 'code'),
      sealed: sealedAnew(deps, sealed, sealingContexts.codes(id)),
    }));
    const changed = found.filter(([row, next]) => row.sealed !== next.sealed || row.lookupHash !== next.lookupHash);
    if (changed.length > 0) await tx.keys.putCodes(changed.map(([{ id }, next]) => ({ id, ...next })));
    return { ids, unreadable, changed: changed.length };
  },

  async filings(deps, tx, range) {
    const page = readEach('filings', await tx.keys.filingsIn(range), ({ id, form }) => {
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

  async subjects(deps, tx, range) {
    const page = readEach('subjects', await tx.keys.subjectsIn(range), ({ number, sealedName }) =>
      sealedAnew(deps, sealedName, sealingContexts.subjects(number)),
    );
    const changed = page.found.filter(([row, next]) => row.sealedName !== next);
    for (const [{ id }, next] of changed) await tx.keys.putSubject(id, next);
    return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
  },

  async webhooks(deps, tx, range) {
    const page = readEach('webhooks', await tx.keys.webhooksIn(range), ({ id, sealedSecret, previousSealedSecret }) => {
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

  addresses: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'addresses',
      read: () => tx.keys.addressesIn(range),
      contextOf: sealingContexts.addresses,
      put: (id, sealed) => tx.keys.putAddresses(id, sealed),
    }),

  messages: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'messages',
      read: () => tx.keys.messagesIn(range),
      contextOf: sealingContexts.messages,
      put: (id, sealed) => tx.keys.putMessage(id, sealed),
    }),

  seals: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'seals',
      read: () => tx.keys.sealsIn(range),
      contextOf: sealingContexts.seals,
      put: (sequence, sealed) => tx.keys.putSeal(sequence, sealed),
    }),

  people: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'people',
      read: () => tx.keys.peopleIn(range),
      contextOf: sealingContexts.people,
      put: (id, sealed) => tx.keys.putPerson(id, sealed),
    }),

  totp: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'totp',
      read: () => tx.keys.totpIn(range),
      contextOf: sealingContexts.totp,
      put: (id, sealed) => tx.keys.putTotp(id, sealed),
    }),

  contests: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'contests',
      read: () => tx.keys.contestsIn(range),
      contextOf: sealingContexts.contests,
      put: (id, sealed) => tx.keys.putContest(id, sealed),
    }),

  clearings: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'clearings',
      read: () => tx.keys.clearingsIn(range),
      contextOf: sealingContexts.clearings,
      put: (day, sealed) => tx.keys.putClearing(day, sealed),
    }),

  texts: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'texts',
      read: () => tx.keys.textsIn(range),
      contextOf: sealingContexts.texts,
      put: (id, sealed) => tx.keys.putText(id, sealed),
    }),

  async blobs(deps, tx, range) {
    const page = readEach('blobs', await tx.keys.blobsIn(range), ({ id, sealed }) => ({
      sealed: sealedAnew(deps, sealed, sealingContexts.blobs(id)),
      contentHash: contentHashOf(deps, openBlobSecrets(deps, id, sealed)),
    }));
    const changed = page.found.filter(
      ([row, next]) => row.sealed !== next.sealed || row.contentHash !== next.contentHash,
    );
    for (const [{ id }, { sealed, contentHash }] of changed) await tx.keys.putBlob(id, sealed, contentHash);
    return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
  },

  uploads: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'uploads',
      read: () => tx.keys.uploadsIn(range),
      contextOf: sealingContexts.uploads,
      put: (id, sealed) => tx.keys.putUpload(id, sealed),
    }),

  papers: (deps, tx, range) =>
    resealColumn(deps, {
      kind: 'papers',
      read: () => tx.keys.papersIn(range),
      contextOf: sealingContexts.papers,
      put: (id, sealed) => tx.keys.putPaper(id, sealed),
    }),
};

interface SealedColumn {
  readonly kind: SealedKind;
  readonly read: () => Promise<{ readonly id: string; readonly sealed: string }[]>;
  readonly contextOf: (id: string) => SealingContext;
  readonly put: (id: string, sealed: string) => Promise<void>;
}

/** For tables with one sealed column and nothing beside it. */
async function resealColumn(deps: FlowDeps, { kind, read, contextOf, put }: SealedColumn): Promise<Page> {
  const page = readEach(kind, await read(), ({ id, sealed }) => sealedAnew(deps, sealed, contextOf(id)));
  const changed = page.found.filter(([row, next]) => row.sealed !== next);
  for (const [{ id }, next] of changed) await put(id, next);
  return { ids: page.ids, unreadable: page.unreadable, changed: changed.length };
}

/** The same text where the newest key seals it already. What was written before its column was sealed is clear. */
function sealedAnew(deps: FlowDeps, sealed: string, context: SealingContext): string {
  if (!isSealed(sealed)) return deps.vault.seal(sealed, context);
  return isUnderNewest(deps, sealed) ? sealed : deps.vault.seal(deps.vault.open(sealed, context), context);
}

const unreadableFault = (where: string) => new Fault('store.unreadable', { detail: { zh: where, en: where } });

function isUnderNewest({ vault }: FlowDeps, sealed: string): boolean {
  return sealed.split('.')[1] === vault.newest.sealing;
}
