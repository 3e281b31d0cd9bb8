import { gunzipSync, gzipSync } from 'node:zlib';
import { type Ids, type PaperRow, type StoreTransaction, sealingContexts, type Vault } from '../../ports/index.ts';

type Sealing = { readonly vault: Vault; readonly ids: Ids };
type Ledger = StoreTransaction['authorityLedger'];

/** Most of what comes out of a paper; what was put in is bounded by the limits of packages. */
const largestBytes = 512 * 1024 * 1024;

/** Writes a value that may hold personal data, sealed under a key of its own. @returns its id */
export const putPaper = (sealing: Sealing, ledger: Ledger, value: unknown): Promise<string> =>
  putZipped(sealing, ledger, gzipSync(JSON.stringify(value)));

/** As `putPaper`, of a value that somebody has written as JSON and zipped already. */
export async function putZipped({ vault, ids }: Sealing, ledger: Ledger, zipped: Uint8Array): Promise<string> {
  const id = ids.next('pap');
  const key = vault.makeDataKey();
  await ledger.insertPaper({
    id,
    sealedKey: vault.seal(key.text, sealingContexts.papers(id)),
    body: key.seal(zipped, id),
    keptUntil: null,
  });
  return id;
}

/** @throws Fault `store.unreadable`, `secret.unknown_key`; null: it is gone */
export async function readPaper({ vault }: Pick<Sealing, 'vault'>, ledger: Ledger, id: string): Promise<unknown> {
  const row = await ledger.findPaper(id);
  return row === null ? null : openPaper({ vault }, row);
}

/** As it was zipped. @throws as `readPaper` */
export async function readZipped(
  { vault }: Pick<Sealing, 'vault'>,
  ledger: Ledger,
  id: string,
): Promise<Uint8Array | null> {
  const row = await ledger.findPaper(id);
  return row === null ? null : zippedOf({ vault }, row);
}

/** @throws Fault `store.unreadable`, `secret.unknown_key` */
export const openPaper = (sealing: Pick<Sealing, 'vault'>, row: PaperRow): unknown =>
  JSON.parse(gunzipSync(zippedOf(sealing, row), { maxOutputLength: largestBytes }).toString('utf8'));

const zippedOf = ({ vault }: Pick<Sealing, 'vault'>, { id, sealedKey, body }: PaperRow) =>
  vault.dataKeyOf(vault.open(sealedKey, sealingContexts.papers(id))).open(body, id);
