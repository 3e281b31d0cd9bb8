import { uploadPicture } from '@openbeian/contract/upload';
import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { another, licence } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

/** A filing of the owner's that has ended with its number, so that its organiser is free for the next. */
async function filed(world: OperationWorld, owner: Customer) {
  const bound = await reach(world, owner, 'bound');
  const { domainName } = await world.approve(bound);
  return { filingId: bound.filingId, domainName };
}

const copyOf = (world: OperationWorld, filingId: string, domainName = `${world.fresh('copy')}.cn`) => ({
  params: { filingId },
  body: { domainName },
});

describeOperation(
  'copyFiling',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => copyOf(world, (await filed(world, owner)).filingId),
    leaves: ['FilingStarted'],
    foreign: 'object.not_found',
  },
  (get) => {
    const copy = ({ client }: Customer, filingId: string, name?: string) =>
      client.copyFiling(copyOf(get(), filingId, name));

    test('takes organiser, people and service along, and leaves what is of one name only', async () => {
      const world = get();
      const owner = await world.customer();
      const source = await filed(world, owner);
      const name = `${world.fresh('next')}.cn`;
      const { filing } = await copy(owner, source.filingId, name);
      expect(filing).toMatchObject({ kind: 'add_site_here', state: 'draft', domainName: name });
      const { values, findings } = await owner.client.getFilingForm({ params: { filingId: filing.id } });
      expect(values).toMatchObject({
        'service.homeUrl': `https://www.${name}/`,
        'service.content': ['portal'],
        'service.principal.mobile': expect.stringMatching(/^1\d{10}$/),
      });
      expect(findings.filter(({ from }) => from === 'pre_check').map(({ field }) => field)).toEqual(['service.name']);
    });

    test('pictures of the same person by the same certificate go along, of the same stored content; those of the name stay', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const { filingId } = bound;
      const front = await uploadPicture(owner.client, {
        filingId,
        key: 'service_principal_id',
        part: 'front',
        bytes: licence,
      });
      await uploadPicture(owner.client, { filingId, key: 'service_principal_id', part: 'back', bytes: another });
      await uploadPicture(owner.client, { filingId, key: 'domain_certificate', part: 'whole', bytes: licence });
      await uploadPicture(owner.client, {
        filingId,
        key: 'pledge',
        part: 'whole',
        signedOn: '2026-11-20',
        bytes: another,
      });
      await world.approve(bound);
      const { filing } = await copy(owner, filingId);
      const { needed } = await owner.client.listMaterials({ params: { filingId: filing.id } });
      const shown = needed.flatMap(({ key, part, materials }) => materials.map(({ id }) => [key, part, id]));
      expect(shown.map(([key, part]) => [key, part])).toEqual([
        ['service_principal_id', 'front'],
        ['service_principal_id', 'back'],
      ]);
      const blobs = await world.run(
        `SELECT count(*)::integer AS rows, count(DISTINCT blob_id)::integer AS contents FROM material
         WHERE key = 'service_principal_id' AND filing_id IN ('${filingId}', '${filing.id}')`,
      );
      expect(blobs).toEqual([{ rows: 4, contents: 2 }]);
      // Each is the filing's own: removing one leaves the other filing its picture.
      await owner.client.removeMaterial({ params: { materialId: String(shown[0]?.[2]) } });
      expect(front.id).not.toBe(shown[0]?.[2]);
      const left = await owner.client.listMaterials({ params: { filingId } });
      expect(JSON.stringify(left)).toContain(front.id);
    });

    test('is refused as starting one is', async () => {
      const world = get();
      const owner = await world.customer();
      const source = await filed(world, owner);
      const refused = async (name?: string) => (await refusal(copy(owner, source.filingId, name)))[0];
      expect(await refused(source.domainName)).toBe('filing.not_needed');
      const others = await filed(world, await world.customer());
      expect(await refused(others.domainName)).toBe('filing.kind_not_offered');
      await copy(owner, source.filingId);
      expect(await refused()).toBe('filing.already_open');
      const drafts = world.deps.drafts.perAccount;
      for (let open = 1; open < drafts; open += 1) await world.draft(owner.accountId);
      expect(await refused()).toBe('filing.too_many_drafts');
      expect(await refusal(copy(owner, 'fil_none'))).toEqual(['object.not_found']);
    });

    test('an organiser without services is cancelled first', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await filed(world, owner);
      const number = (await owner.client.listRecords()).records[0]?.serviceNumber ?? '';
      await world.people.operator.client.cancelRecord({ body: { scope: 'service', number, reason: '管局注销' } });
      expect(await refusal(copy(owner, filingId))).toEqual(['filing.conflict', 'conflict.shell_subject']);
    });

    test('an account that is not real-name verified any more copies nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await filed(world, owner);
      world.answer('accounts', 'find', async () => null);
      expect(await refusal(copy(owner, filingId))).toEqual(['account.not_verified']);
    });

    test('asks the authority once for each key, and says when it is away', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await filed(world, owner);
      let goOn = () => {};
      let asked = 0;
      const waits = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const findStatus = async () => {
        asked += 1;
        await waits;
        throw new Fault('authority.unreachable');
      };
      world.replace({ authority: { findStatus } });
      const input = copyOf(world, filingId);
      const key = { idempotencyKey: world.fresh('key') };
      const first = refusal(owner.client.copyFiling(input, key));
      while (asked < 2) await new Promise(setImmediate);
      expect(await refusal(owner.client.copyFiling(input, key))).toEqual(['idempotency.in_progress']);
      goOn();
      expect(await first).toEqual(['authority.unreachable']);
    });
  },
);
