import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { reach, stepOf, twoOfOneName } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

/** What the DNS of this process' domains carries, by host. */
const published = new Map<string, string[]>();
const dns = (world: OperationWorld) =>
  world.replace({ nameDirectory: { findTexts: async (host) => published.get(host) ?? [] } });

/** The owner's filing, whose domain carries the record that was asked for. */
async function publish(world: OperationWorld, owner: Customer, filingId: string) {
  dns(world);
  const { record } = await owner.client.askNameProof({ params: { filingId }, body: {} });
  published.set(record?.host ?? '', ['v=other', record?.value ?? '']);
  return { params: { filingId }, body: {} };
}

describeOperation(
  'checkNameProof',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => publish(world, owner, (await reach(world, owner, 'draft')).filingId),
    leaves: ['NameProven'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('by DNS; the record has done its work then, for everybody', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { draft, rival } = await twoOfOneName(world, owner, other);
      const input = await publish(world, owner, draft.filingId);
      await other.client.askNameProof({ params: { filingId: rival.filingId }, body: {} });
      const { filing, nameProof } = await owner.client.checkNameProof(input);
      expect(nameProof).toMatchObject({ record: null, provenAt: world.deps.clock.now(), method: 'dns_txt' });
      expect(filing.version).toBe(draft.version + 1);
      expect(await world.events(draft.filingId)).toContain('NameProven');
      // The record is still there, and proves nothing to anybody any more.
      expect(await refusal(owner.client.checkNameProof(input))).toEqual(['name.not_proven']);
      const theirs = other.client.checkNameProof({ params: { filingId: rival.filingId }, body: {} });
      expect(await refusal(theirs)).toEqual(['name.not_proven']);
    });

    test('a draft whose domain is proven keeps other accounts from submitting theirs', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { draft, rival } = await twoOfOneName(world, owner, other);
      const { filing } = await owner.client.checkNameProof(await publish(world, owner, draft.filingId));
      expect(await refusal(other.client.submitFiling(stepOf(rival)))).toEqual(['filing.held_by_other_account']);
      await owner.client.submitFiling(stepOf({ ...draft, version: filing.version }));
      // So does the next draft of a domain that was proven lately.
      const later = await world.customer();
      const own = await world.draft(later.accountId);
      await later.client.checkNameProof(await publish(world, later, own.filingId));
      await later.client.abandonFiling(stepOf({ ...own, version: own.version + 1 }));
      await world.draft(later.accountId, undefined, own.domainName);
      const third = await world.draft(other.accountId, undefined, own.domainName);
      const bound = await world.bind(third, { resourceId: await world.eligible(other) });
      expect(await refusal(other.client.submitFiling(stepOf(bound)))).toEqual(['filing.held_by_other_account']);
    });

    test('of two who prove a domain the later one holds it: it has changed hands', async () => {
      const world = get();
      const [former, owner] = [await world.customer(), await world.customer()];
      const { draft: earlier, rival: own } = await twoOfOneName(world, former, owner);
      await former.client.checkNameProof(await publish(world, former, earlier.filingId));
      expect(await refusal(owner.client.submitFiling(stepOf(own)))).toEqual(['filing.held_by_other_account']);
      const { filing } = await owner.client.checkNameProof(await publish(world, owner, own.filingId));
      expect(await world.events(earlier.filingId)).toContain('NameProofReplaced');
      const theirs = (await former.client.getFiling({ params: { filingId: earlier.filingId } })).filing;
      const again = stepOf({ ...earlier, version: theirs.version });
      expect(await refusal(former.client.submitFiling(again))).toEqual(['filing.held_by_other_account']);
      // What was submitted is not taken from anybody; and the former owner's proof is gone with it.
      await owner.client.submitFiling(stepOf({ ...own, version: filing.version }));
      await former.client.checkNameProof(await publish(world, former, earlier.filingId));
      expect((await owner.client.getFiling({ params: { filingId: own.filingId } })).filing.state).toBe(
        'awaiting_review',
      );
    });

    test('by the registrar’s word about the certificate, without any record', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, domainName } = await reach(world, owner, 'draft');
      const questions: unknown[] = [];
      const isHolder = async (question: unknown) => {
        questions.push(question);
        return true;
      };
      world.replace({ registrar: { isHolder } });
      const { nameProof } = await owner.client.checkNameProof({ params: { filingId }, body: {} });
      expect(nameProof.method).toBe('registrar');
      const certificateNumber = expect.stringMatching(/^[0-9A-Z]{18}$/);
      expect(questions).toEqual([{ domainName, certificateType: 'business_licence', certificateNumber }]);
    });

    test('not without the record, with another’s, nor by one that has expired; nor where DNS is away', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, domainName } = await reach(world, owner, 'draft');
      const input = { params: { filingId }, body: {} };
      const check = () => refusal(owner.client.checkNameProof(input));
      const before = await world.books();
      expect(await check()).toEqual(['name.not_proven']);
      expect(await world.books()).toEqual(before);
      await publish(world, owner, filingId);
      published.set(`_openbeian.${domainName}`, ['openbeian-proof=guessed']);
      expect(await check()).toEqual(['name.not_proven']);
      world.replace({
        nameDirectory: {
          findTexts: async () => {
            throw new Fault('name.lookup_failed');
          },
        },
      });
      expect(await check()).toEqual(['name.lookup_failed']);
      await publish(world, owner, filingId);
      world.clock.nowMs += world.deps.nameProof.tokenDays * 86_400_000;
      expect(await check()).toEqual(['name.not_proven']);
    });

    test('not of a filing that has ended, twice at once, or by a record that was replaced meanwhile', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const input = await publish(world, owner, draft.filingId);
      world.answer('nameProofs', 'prove', async () => false);
      dns(world);
      expect(await refusal(owner.client.checkNameProof(input))).toEqual(['object.changed']);
      world.reset();
      world.answer('idempotency', 'hold', async () => false);
      dns(world);
      expect(await refusal(owner.client.checkNameProof(input))).toEqual(['idempotency.in_progress']);
      world.reset();
      await owner.client.abandonFiling(stepOf(draft));
      expect(await refusal(owner.client.checkNameProof(input))).toEqual(['filing.wrong_state']);
      const none = owner.client.checkNameProof({ params: { filingId: 'fil_none' }, body: {} });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);
