import type { MaterialKey } from '@openbeian/model/filing';
import type { MaterialPart } from '@openbeian/model/materials';
import { ProblemError, UnreachableError } from './calling.ts';
import type { Client } from './client.ts';
import type { Operations } from './operations/index.ts';

/** One picture for one place of a filing. */
export interface PictureUpload {
  readonly filingId: string;
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  /** Refused at once where the form names another. */
  readonly certificateType?: string;
  /** The day that a signed paper bears. */
  readonly signedOn?: string;
  readonly bytes: Uint8Array;
}

interface UploadOptions {
  /** Told after each part, from 0 to 1; at 1 the picture is being checked. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Waits before it goes on after the line broke; told how often it broke in a row. */
  readonly pause?: (failures: number) => Promise<void>;
}

type UploadClient = Pick<Client, 'beginUpload' | 'getUpload' | 'appendUpload' | 'completeUpload'>;
type Upload = Awaited<ReturnType<Client['beginUpload']>>;
type Material = ReturnType<Operations['completeUpload']['answer']['parse']>;

const mostFailures = 6;
const ordinaryPause = (failures: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, Math.min(8000, 250 * 2 ** failures));
  });

/**
 * Uploads a picture in parts, from where the last one arrived: a line that breaks costs one part. What is refused (`material.refused`)
 * is told with its findings.
 * @throws ProblemError, UnreachableError (after the line broke six times in a row), and what aborts the signal
 */
export async function uploadPicture(
  client: UploadClient,
  { bytes, ...place }: PictureUpload,
  { onProgress = () => {}, signal, pause = ordinaryPause }: UploadOptions = {},
): Promise<Material> {
  const { filingId, key, part, certificateType, signedOn } = place;
  const options = signal === undefined ? {} : { signal };
  const said = {
    ...(certificateType !== undefined && { certificateType }),
    ...(signedOn !== undefined && { signedOn }),
  };
  const body = { key, part, bytes: bytes.byteLength, ...said };
  let upload: Upload = await client.beginUpload({ params: { filingId }, body }, options);
  const params = { uploadId: upload.id };
  let failures = 0;
  onProgress(0);
  while (upload.received < upload.bytes) {
    const { received, partBytes } = upload;
    try {
      const next = bytes.subarray(received, received + partBytes);
      upload = await client.appendUpload({ params, query: { atByte: received }, body: next }, options);
      failures = 0;
      onProgress(upload.received / upload.bytes);
    } catch (error) {
      failures += 1;
      if (signal?.aborted || !isResumable(error) || failures > mostFailures) throw error;
      await pause(failures);
      // The part may have arrived although its answer did not.
      upload = await client.getUpload({ params }, options).catch(() => upload);
    }
  }
  return completed(() => client.completeUpload({ params, body: {} }, options), pause);
}

/** A server that has no room to look at it now has kept what has arrived, and is asked again. */
async function completed<Result>(
  ask: () => Promise<Result>,
  pause: (failures: number) => Promise<void>,
): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      const isBusy = error instanceof ProblemError && error.code === 'server.busy';
      if (!isBusy || failures > mostFailures) throw error;
      await pause(failures);
    }
  }
}

/** A line that broke, a server that is busy or was replaced, and a part that had arrived already. */
const isResumable = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  (error instanceof ProblemError && (error.code === 'upload.other_offset' || error.status === 503));
