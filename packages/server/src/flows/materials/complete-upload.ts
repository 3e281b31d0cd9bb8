import { createHash } from 'node:crypto';
import { type Finding, toldFinding } from '@openbeian/model/forms';
import {
  copyBytesOf,
  findDefect,
  judgePicture,
  type MaterialRules,
  materialField,
  materialTable,
} from '@openbeian/model/materials';
import {
  type BlobRow,
  type MaterialRow,
  type SeenPicture,
  sealingContexts,
  type UploadRow,
} from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { onceForKeyAsking } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { isMaterialOpen } from '../filing/form-view.ts';
import { partOf } from './append-upload.ts';
import { contentHashesOf, contentHashOf, objectNameOf, sealBlobSecrets, sealedAs } from './blob-secrets.ts';
import { materialRulesAt, requirePlace } from './material-places.ts';
import { refuseFull } from './refuse-full.ts';
import { requireUpload } from './require-upload.ts';
import { materialViewOf } from './upload-view.ts';

type Faults =
  | 'object.not_found'
  | 'filing.wrong_state'
  | 'upload.other_offset'
  | 'material.refused'
  | 'material.store_unavailable'
  | 'material.scan_unavailable'
  | 'server.busy'
  | 'idempotency.in_progress';
type Request = FlowRequest<Faults>;

/** What is kept of an upload: a content that was there, or one whose objects have just been written. */
interface Kept {
  readonly blob: BlobRow;
  readonly isNew: boolean;
  readonly advice: readonly Finding[];
}

/**
 * Ends an upload: the whole is looked at in another process, scanned, and stored with the authority's copy; then it is the filing's,
 * in the place of the picture that was there. What is refused leaves nothing. Whoever dies in between leaves the upload as it was,
 * and a content that the sweep removes.
 */
export const completeUpload = commandInParts(
  {
    id: 'completeUpload',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'upload.other_offset',
      'material.refused',
      'material.store_unavailable',
      'material.scan_unavailable',
      'server.busy',
      'idempotency.in_progress',
    ],
  },
  (request, input: { readonly uploadId: string }) => {
    ownAccount(request.actor);
    let upload: UploadRow | undefined;
    return onceForKeyAsking(request, input, {
      before: async (step) => {
        upload = await requireWhole(step, await step.tx.materials.findUpload(input.uploadId));
      },
      // Nothing is asked before `before` has ended.
      ask: () => (upload === undefined ? Promise.resolve(null) : keep(request, upload)),
      work: async (step, kept) => {
        if (kept === null) throw step.fault('object.not_found');
        return add(step, input.uploadId, kept);
      },
    });
  },
);

async function requireWhole(step: Step<Faults>, found: UploadRow | null): Promise<UploadRow> {
  const upload = await requireUpload(step, found);
  if (upload.received === upload.bytes) return upload;
  const { received, bytes } = upload;
  throw step.fault('upload.other_offset', {
    detail: { zh: `已收到 ${received} / ${bytes} 字节。`, en: `${received} of ${bytes} bytes have come.` },
  });
}

/** Beside any transaction: looks, scans, and writes the objects of a content that is not there yet. */
async function keep(request: Request, upload: UploadRow): Promise<Kept> {
  const { deps, actor, at } = request;
  const rules = materialRulesAt(deps, at);
  const copyLimit = copyBytesOf(upload.key, rules);
  const bytes = await bytesOf(deps, upload);
  const digest = createHash('sha256').update(bytes).digest('base64url');
  const hashes = contentHashesOf(deps, { digest, copyLimit });
  const known = await inTransaction(request, ({ tx }) => tx.materials.findStoredBlob(hashes));
  if (known !== null) {
    const found = await judge(request, upload, known.facts);
    // It may be from before there was a scanner.
    const scan = known.scan === 'not_scanned' ? await scanned(request, upload, bytes) : known.scan;
    if (scan !== known.scan) await inTransaction(request, ({ tx }) => tx.materials.putScan(known.id, scan));
    return { blob: { ...known, scan }, isNew: false, advice: found };
  }
  const seen = await deps.pictures.look(
    { bytes, mostPixels: rules.upload.mostPixels.value, copyBytes: copyLimit },
    actor.userId,
  );
  if ('defect' in seen) return refuse(request, upload, [findDefect(seen, placeOf(upload, rules))]);
  const advice = await judge(request, upload, seen.facts);
  const scan = await scanned(request, upload, bytes);
  const blob = await write(request, { bytes, seen, digest, copyLimit, scan });
  return { blob, isNew: true, advice };
}

/** What the scanner says; what is infected leaves nothing. */
async function scanned(request: Request, upload: UploadRow, bytes: Uint8Array): Promise<BlobRow['scan']> {
  const scan = await request.deps.scanner.scan(bytes);
  if (typeof scan !== 'object') return scan;
  const place = placeOf(upload, materialRulesAt(request.deps, request.at));
  return refuse(request, upload, [findDefect({ defect: 'infected', name: scan.infected }, place)]);
}

async function bytesOf(deps: FlowDeps, { id, sealedKey }: UploadRow): Promise<Uint8Array> {
  const key = deps.vault.dataKeyOf(deps.vault.open(sealedKey, sealingContexts.uploads(id)));
  const parts = await deps.store.transaction((tx) => tx.materials.listParts(id));
  return Buffer.concat(parts.map(({ atByte, sealed }) => key.open(sealed, partOf(id, atByte))));
}

const placeOf = ({ key, part }: UploadRow, rules: MaterialRules) => ({ field: materialField(key, part), rules });

/** What there is to say; what refuses it leaves nothing of it. */
async function judge(request: Request, upload: UploadRow, facts: SeenPicture['facts']): Promise<Finding[]> {
  const rules = materialRulesAt(request.deps, request.at);
  const found = judgePicture(facts, materialTable[upload.key].picture, placeOf(upload, rules));
  const errors = found.filter(({ from }) => from === 'pre_check');
  return errors.length > 0 ? refuse(request, upload, found) : found;
}

async function refuse(request: Request, upload: UploadRow, findings: readonly Finding[]): Promise<never> {
  await inTransaction(request, ({ tx }) => tx.materials.deleteUpload(upload.id));
  throw request.fault('material.refused', { findings: findings.map((finding) => toldFinding(finding)) });
}

interface Content {
  readonly bytes: Uint8Array;
  readonly seen: SeenPicture;
  readonly digest: string;
  readonly copyLimit: number;
  readonly scan: BlobRow['scan'];
}

/** The row comes first: an object without one would never be found. */
async function write(request: Request, { bytes, seen, digest, copyLimit, scan }: Content): Promise<BlobRow> {
  const { deps, at } = request;
  const id = deps.ids.next('blo');
  const key = deps.vault.makeDataKey();
  const contentHash = contentHashOf(deps, { digest, copyLimit });
  const blob: BlobRow = {
    id,
    contentHash,
    sealedKey: sealBlobSecrets(deps, id, { key, digest, copyLimit }),
    // Addressed by its content, and by its row: whoever removes one content never removes another's objects.
    objectName: `${contentHash.split('.').at(-1)}.${id}`,
    facts: seen.facts,
    copyBytes: seen.copy.byteLength,
    scan,
    madeAt: at,
  };
  await inTransaction(request, ({ tx }) => tx.materials.insertBlob(blob));
  const put = (which: 'original' | 'copy', clear: Uint8Array) =>
    deps.blobs.put(objectNameOf(blob.objectName, which), key.seal(clear, sealedAs(id, which)));
  await put('original', bytes);
  await put('copy', seen.copy);
  return blob;
}

/** Now it is the filing's. */
async function add(step: Step<Faults>, uploadId: string, { blob, isNew, advice }: Kept) {
  const { deps, tx, actor, at } = step;
  const upload = await requireWhole(step, await tx.materials.findUploadForUpdate(uploadId));
  const filing = await tx.filings.findForUpdate(upload.filingId);
  if (filing === null || !isMaterialOpen(filing, upload.key, upload.part)) throw step.fault('filing.wrong_state');
  const place = requirePlace(step, filing, upload);
  await refuseFull(step, filing.id, place);
  // A content that was there may have been dropped since it was looked at, while another like it is there; then the caller comes again.
  const isThere = isNew
    ? await tx.materials.markStored(blob.id)
    : (await tx.materials.findStoredBlob([blob.contentHash]))?.id === blob.id;
  if (!isThere) throw step.fault('server.busy', { retryAfterSeconds: 1 });
  if (place.most === 1) await removeOthers(step, upload);
  const { filingId, key, part } = upload;
  const material: MaterialRow = {
    id: deps.ids.next('mat'),
    filingId,
    key,
    part,
    advice,
    blobId: blob.id,
    certificateType: place.certificateType,
    signedOn: upload.signedOn,
    addedAt: at,
    addedBy: actor.userId,
  };
  await tx.materials.insert(material);
  await tx.materials.deleteUpload(uploadId);
  return materialViewOf({ ...material, blob });
}

async function removeOthers({ tx, at }: Step, { filingId, key, part }: UploadRow): Promise<void> {
  const there = await tx.materials.list(filingId);
  const same = there.filter((one) => one.key === key && one.part === part);
  for (const { id } of same) await tx.materials.remove(id, at);
}
