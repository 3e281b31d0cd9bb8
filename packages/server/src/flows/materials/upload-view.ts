import type { SeenMaterial, UploadRow } from '../../ports/index.ts';

/** So many bytes are a good part: a slow line shows progress, a fast one is not held up. */
const partBytes = 262_144;

export const uploadViewOf = ({ id, filingId, key, part, bytes, received, expiresAt }: UploadRow) => ({
  id,
  filingId,
  key,
  part,
  bytes,
  received,
  expiresAt,
  partBytes,
});

export const materialViewOf = ({
  id,
  filingId,
  key,
  part,
  certificateType,
  signedOn,
  advice,
  addedAt,
  blob,
}: SeenMaterial) => ({
  id,
  filingId,
  key,
  part,
  certificateType,
  signedOn,
  addedAt,
  advice: [...advice],
  mediaType: blob.facts.mediaType,
  bytes: blob.facts.bytes,
  width: blob.facts.width,
  height: blob.facts.height,
  copyBytes: blob.copyBytes,
  scan: blob.scan,
});
