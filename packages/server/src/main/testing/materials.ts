import { findingShape } from '@openbeian/contract';
import { ProblemError } from '@openbeian/contract/client';
import { uploadPicture } from '@openbeian/contract/upload';
import type { MaterialKey } from '@openbeian/model/filing';
import type { MaterialPart } from '@openbeian/model/materials';
import { z } from 'zod';
import { drawFictionalPicture } from '../sample/pictures.ts';
import { reach } from './filing-steps.ts';
import type { Customer, OperationWorld } from './operation-world.ts';

/** A licence that passes, drawn once; `another` is a second one. */
export const licence = drawFictionalPicture({ lines: ['BUSINESS LICENCE', 'ONE'], looks: 'page' });
export const another = drawFictionalPicture({ lines: ['BUSINESS LICENCE', 'TWO'], looks: 'page' });

interface Wanted {
  readonly bytes?: Uint8Array;
  readonly key?: MaterialKey;
  readonly part?: MaterialPart;
}

/** What a refusal says; none where it is no refusal. */
export const findingsIn = (error: unknown): readonly z.output<typeof findingShape>[] =>
  error instanceof ProblemError ? z.array(findingShape).parse(error.problem.findings ?? []) : [];

/** A draft of the owner's. */
export async function draftOf(world: OperationWorld, owner: Customer): Promise<string> {
  return (await reach(world, owner, 'draft')).filingId;
}

/** An upload that has begun, of a picture of which nothing has come. */
export async function begun(world: OperationWorld, owner: Customer, wanted: Wanted = {}) {
  const { bytes = licence, key = 'subject_certificate', part = 'whole' } = wanted;
  const filingId = await draftOf(world, owner);
  const body = { key, part, bytes: bytes.byteLength };
  const upload = await owner.client.beginUpload({ params: { filingId }, body });
  return { filingId, uploadId: upload.id, bytes, partBytes: upload.partBytes };
}

/** An upload of which everything has come. */
export async function whole(world: OperationWorld, owner: Customer, wanted: Wanted = {}) {
  const { uploadId, bytes, partBytes, filingId } = await begun(world, owner, wanted);
  const params = { uploadId };
  for (let atByte = 0; atByte < bytes.byteLength; atByte += partBytes) {
    await owner.client.appendUpload({ params, query: { atByte }, body: bytes.subarray(atByte, atByte + partBytes) });
  }
  return { uploadId, filingId };
}

/** A picture of a draft of the owner's. */
export async function uploaded(world: OperationWorld, owner: Customer, { bytes = licence }: Wanted = {}) {
  const filingId = await draftOf(world, owner);
  const picture = { filingId, key: 'subject_certificate', part: 'whole', bytes } as const;
  const material = await uploadPicture(owner.client, picture);
  return { filingId, materialId: material.id, material };
}
