import { gunzipSync, gzipSync } from 'node:zlib';
import { type Ids, type PaperRow, type StoreTransaction, sealingContexts, type Vault } from '../../ports/index.ts';

type Sealing = { readonly vault: Vault; readonly ids: Ids };
type Ledger = StoreTransaction['authorityLedger'];

/** Most of what comes out of a paper; what was put in is bounded by the limits of packages. */
const largestBytes = 512 * 1024 * 1024;

/** Writes a value that may hold personal data, sealed under a key of its own. @returns its id */
export async function putPaper({ vault, ids }: Sealing, ledger: Ledger, value: unknown): Promise<string> {
  const id = ids.next('pap');
  const key = vault.makeDataKey();
  await ledger.insertPaper({
    id,
    sealedKey: vault.seal(key.text, sealingContexts.papers(id)),
    body: key.seal(gzipSync(JSON.stringify(value)), id),
    keptUntil: null,
  });
  return id;
}

/** @throws Fault `store.unreadable`, `secret.unknown_key`; null: it is gone */
export async function readPaper({ vault }: Pick<Sealing, 'vault'>, ledger: Ledger, id: string): Promise<unknown> {
  const row = await ledger.findPaper(id);
  return row === null ? null : openPaper({ vault }, row);
}

/** @throws Fault `store.unreadable`, `secret.unknown_key` */
export function openPaper({ vault }: Pick<Sealing, 'vault'>, { id, sealedKey, body }: PaperRow): unknown {
  const key = vault.dataKeyOf(vault.open(sealedKey, sealingContexts.papers(id)));
  return JSON.parse(gunzipSync(key.open(body, id), { maxOutputLength: largestBytes }).toString('utf8'));
}
