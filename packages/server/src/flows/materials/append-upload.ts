import { createHash } from 'node:crypto';
import { sealingContexts } from '../../ports/index.ts';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { expiryFrom } from './begin-upload.ts';
import { requireUpload } from './require-upload.ts';
import { uploadViewOf } from './upload-view.ts';

interface AppendUpload {
  readonly uploadId: string;
  readonly atByte: number;
  readonly body: Uint8Array;
}

type Faults = 'object.not_found' | 'upload.other_offset';

/** Adds the next part, which begins at exactly as many bytes as have come; whoever is told otherwise goes on from there. */
export const appendUpload = commandInParts(
  { id: 'appendUpload', faults: ['object.not_found', 'upload.other_offset'] },
  (request, { uploadId, atByte, body }: AppendUpload) => {
    ownAccount(request.actor);
    const digest = createHash('sha256').update(body).digest('base64url');
    return onceForKey(request, { uploadId, atByte, digest }, (step) => append(step, { uploadId, atByte, body }));
  },
);

async function append(step: Step<Faults>, { uploadId, atByte, body }: AppendUpload) {
  const { deps, tx, at } = step;
  const upload = await requireUpload(step, await tx.materials.findUploadForUpdate(uploadId));
  const isNext = atByte === upload.received && body.byteLength > 0;
  if (!isNext || atByte + body.byteLength > upload.bytes) {
    const { received, bytes } = upload;
    throw step.fault('upload.other_offset', {
      detail: { zh: `已收到 ${received} / ${bytes} 字节。`, en: `${received} of ${bytes} bytes have come.` },
    });
  }
  const key = deps.vault.dataKeyOf(deps.vault.open(upload.sealedKey, sealingContexts.uploads(uploadId)));
  const length = body.byteLength;
  const sealed = key.seal(body, partOf(uploadId, atByte));
  const expiresAt = expiryFrom(at);
  // Locked above: nobody else has added one.
  await tx.materials.append(uploadId, { atByte, length, sealed, expiresAt });
  return uploadViewOf({ ...upload, received: upload.received + length, expiresAt });
}

/** What a part is sealed as: none can be put in the place of another. */
export const partOf = (uploadId: string, atByte: number): string => `${uploadId}/${atByte}`;
