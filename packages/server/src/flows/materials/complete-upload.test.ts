import { ProblemError } from '@openbeian/contract/client';
import { uploadPicture } from '@openbeian/contract/upload';
import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { another, draftOf, findingsIn, licence, uploaded, whole } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const complete = ({ client }: Customer, uploadId: string) => client.completeUpload({ params: { uploadId }, body: {} });

/** Uploads, contents and pictures that there are. */
const counts = async (world: OperationWorld) => {
  const [row] = await world.run(
    `SELECT (SELECT count(*) FROM material_upload) AS uploads, (SELECT count(*) FROM material_upload_part) AS parts,
      (SELECT count(*) FROM material_blob) AS blobs, (SELECT count(*) FROM material) AS materials`,
  );
  return row;
};

const findingsOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw error ?? new Error('nothing was refused');
  return { code: error.code, findings: findingsIn(error) };
};

describeOperation(
  'completeUpload',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({ params: { uploadId: (await whole(world, owner)).uploadId }, body: {} }),
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('the picture is the filing’s, sealed in the store beside its copy, and one content is stored once', async () => {
      const world = get();
      const owner = await world.customer();
      const put: string[] = [];
      const { blobs } = world.deps;
      const kept = new Map<string, Uint8Array>();
      world.replace({
        blobs: {
          async put(name, bytes) {
            put.push(name);
            kept.set(name, bytes);
            await blobs.put(name, bytes);
          },
        },
      });
      const fresh = Buffer.concat([another, Buffer.alloc(0)]);
      const { filingId, material } = await uploaded(world, owner, { bytes: fresh });
      expect(material).toMatchObject({
        filingId,
        key: 'subject_certificate',
        certificateType: 'business_licence',
        mediaType: 'image/png',
        width: 1300,
        height: 800,
        scan: 'not_scanned',
        advice: [],
      });
      expect(material.copyBytes).toBeLessThanOrEqual(100_000);
      expect(put).toHaveLength(2);
      expect(put[1]).toBe(`${put[0]}.copy`);
      for (const bytes of kept.values()) {
        expect(Buffer.from(bytes).includes(Buffer.from('IHDR'))).toBe(false);
        expect([bytes[0], bytes[1]]).not.toEqual([0xff, 0xd8]);
      }
      const before = put.length;
      await uploaded(world, await world.customer(), { bytes: fresh });
      expect(put).toHaveLength(before);
    });

    test('a second picture for the same place replaces the first', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, materialId } = await uploaded(world, owner);
      const picture = { filingId, key: 'subject_certificate', part: 'whole', bytes: another } as const;
      const next = await uploadPicture(owner.client, picture);
      const { needed } = await owner.client.listMaterials({ params: { filingId } });
      const there = needed.find(({ key }) => key === 'subject_certificate')?.materials.map(({ id }) => id);
      expect(there).toEqual([next.id]);
      expect(there).not.toContain(materialId);
    });

    test('what is no readable picture is refused at its field, with what to do, and nothing is left of it', async () => {
      const world = get();
      const owner = await world.customer();
      const before = await counts(world);
      for (const [bytes, rule] of [
        [Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>'), 'material.type'],
        [licence.subarray(0, 5000), 'material.broken'],
      ] as const) {
        const { uploadId } = await whole(world, owner, { bytes });
        const { code, findings } = await findingsOf(complete(owner, uploadId));
        expect(code).toBe('material.refused');
        expect(findings).toMatchObject([
          { field: 'materials.subject_certificate.whole', rule, severity: 'error', from: 'pre_check' },
        ]);
        expect(findings[0]?.remedy).not.toBeNull();
        expect(await counts(world)).toEqual(before);
        expect(await refusal(complete(owner, uploadId))).toEqual(['object.not_found']);
      }
    });

    test('a virus is refused', async () => {
      const world = get();
      const owner = await world.customer();
      const infected = Buffer.concat([licence, Buffer.from('EICAR')]);
      world.replace({ scanner: { scan: async () => ({ infected: 'Eicar-Test-Signature' }) } });
      const { uploadId } = await whole(world, owner, { bytes: infected });
      const { findings } = await findingsOf(complete(owner, uploadId));
      expect(findings).toMatchObject([{ rule: 'material.infected' }]);
      expect(findings[0]?.message.en).toContain('Eicar-Test-Signature');
      expect(await refusal(complete(owner, uploadId))).toEqual(['object.not_found']);
    });

    test('a picture that is here from before there was a scanner is known as scanned once it was', async () => {
      const world = get();
      const owner = await world.customer();
      const bytes = Buffer.concat([licence, Buffer.from('scanned later')]);
      const { filingId, material } = await uploaded(world, owner, { bytes });
      expect(material.scan).toBe('not_scanned');
      world.replace({ scanner: { scan: async () => 'clean' } });
      const { uploadId } = await whole(world, owner, { bytes });
      expect((await complete(owner, uploadId)).scan).toBe('clean');
      // It is the same content, wherever it was uploaded.
      const { needed } = await owner.client.listMaterials({ params: { filingId } });
      expect(needed.flatMap(({ materials }) => materials.map(({ scan }) => scan))).toEqual(['clean']);
    });

    test('a virus is refused, too, in a picture that is here from before there was a scanner', async () => {
      const world = get();
      const owner = await world.customer();
      const bytes = Buffer.concat([licence, Buffer.from('before')]);
      await uploaded(world, owner, { bytes });
      world.replace({ scanner: { scan: async () => ({ infected: 'Eicar-Test-Signature' }) } });
      const { uploadId } = await whole(world, owner, { bytes });
      const { findings } = await findingsOf(complete(owner, uploadId));
      expect(findings).toMatchObject([{ rule: 'material.infected' }]);
    });

    test('a content that is dropped meanwhile is not shown, though there is another like it', async () => {
      const world = get();
      const owner = await world.customer();
      const bytes = Buffer.concat([licence, Buffer.from('twice')]);
      const { filingId } = await uploaded(world, owner, { bytes });
      const [there] = await world.deps.store.transaction((tx) => tx.materials.list(filingId));
      if (there === undefined) throw new Error('it was uploaded');
      const { uploadId } = await whole(world, owner, { bytes });
      const ids = [there.blobId, 'blo_another'];
      world.answer('materials', 'findStoredBlob', async () => ({ ...there.blob, id: ids.shift() ?? '' }));
      const before = await counts(world);
      expect(await refusal(complete(owner, uploadId))).toEqual(['server.busy']);
      expect(await counts(world)).toEqual(before);
      world.reset();
      expect(await complete(owner, uploadId)).toHaveProperty('id');
    });

    test('while scanner, store or decoder is away the upload stays, and goes through later', async () => {
      const world = get();
      const owner = await world.customer();
      const bytes = Buffer.concat([licence, Buffer.from('away')]);
      const { uploadId } = await whole(world, owner, { bytes });
      const failing =
        (code: 'server.busy' | 'material.store_unavailable' | 'material.scan_unavailable') => async () => {
          throw new Fault(code);
        };
      world.replace({ pictures: { look: failing('server.busy') } });
      expect(await refusal(complete(owner, uploadId))).toEqual(['server.busy']);
      world.reset();
      world.replace({ scanner: { scan: failing('material.scan_unavailable') } });
      expect(await refusal(complete(owner, uploadId))).toEqual(['material.scan_unavailable']);
      world.reset();
      world.replace({ blobs: { put: failing('material.store_unavailable') } });
      expect(await refusal(complete(owner, uploadId))).toEqual(['material.store_unavailable']);
      world.reset();
      expect(await complete(owner, uploadId)).toHaveProperty('id');
    });

    test('not before everything came, twice at once, or into a filing that was submitted meanwhile', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: await draftOf(world, owner) };
      const body = { key: 'pledge', part: 'whole', signedOn: '2026-11-20', bytes: 10 } as const;
      const half = await owner.client.beginUpload({ params, body });
      expect(await refusal(complete(owner, half.id))).toEqual(['upload.other_offset']);
      const { uploadId } = await whole(world, owner);
      world.answer('idempotency', 'hold', async () => false);
      expect(await refusal(complete(owner, uploadId))).toEqual(['idempotency.in_progress']);
      world.reset();
      const bound = await reach(world, owner, 'bound');
      const late = await owner.client.beginUpload({
        params: { filingId: bound.filingId },
        body: { ...body, bytes: licence.byteLength },
      });
      for (let atByte = 0; atByte < licence.byteLength; atByte += late.partBytes) {
        const part = licence.subarray(atByte, atByte + late.partBytes);
        await owner.client.appendUpload({ params: { uploadId: late.id }, query: { atByte }, body: part });
      }
      await world.submit(bound);
      expect(await refusal(complete(owner, late.id))).toEqual(['filing.wrong_state']);
    });
  },
);
