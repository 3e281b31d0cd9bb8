import { Fault, type FaultCode } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { differingRecord, onlyThere } from '../../../main/testing/differing-record.ts';
import { fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../../main/testing/operation-world.ts';
import type { FiledRef } from '../../../main/testing/rule-world.ts';
import type { AuthorityDesk, AuthorityStatus, AuthoritySubmission } from '../../../ports/index.ts';
import type { GivenRepair } from './repair-difference.ts';

async function filed(world: OperationWorld, owner?: Customer): Promise<FiledRef> {
  const holder = owner ?? (await world.customer());
  return world.filed(holder.accountId, { resourceId: await world.eligible(holder) });
}

/** A site of another name at the authority. */
async function differing(world: OperationWorld, desk: AuthorityDesk = fictionalDesk()) {
  world.useDesk(desk);
  const record = await filed(world);
  return { record, differenceId: await differingRecord(world, record, { desk }) };
}
const sent = (differenceId: string, act: GivenRepair) => ({ params: { differenceId }, body: { act } });
const takeOver = { repair: 'take_over' } as const;

/** Something about a record that the authority has not decided yet. */
const openHandover = (submissionId: string, { subjectNumber, serviceNumber, domainName }: FiledRef) => ({
  provider: '7',
  provinceCode: '440000',
  submissionId,
  filingId: submissionId,
  operation: 4,
  state: 'waiting' as const,
  ownSubject: 1,
  ownService: 2,
  ownDomain: 3,
  ownAccess: 4,
  subjectId: null,
  serviceId: null,
  accessId: null,
  subjectNumber,
  serviceNumber,
  domainName,
  madeAt: '2026-11-21T01:00:00.000Z',
});

describeOperation(
  'repairDifference',
  {
    may: ['operator'],
    sample: async (world) => sent((await differing(world)).differenceId, takeOver),
    leaves: ['DifferenceRepaired'],
  },
  (get) => {
    test('the authority’s word is written here, once; what is gone is not repaired again', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId, record } = await differing(world);
      expect(await client.repairDifference(sent(differenceId, takeOver))).toEqual({ state: 'ended' });
      const service = await world.deps.store.transaction((tx) => tx.records.findServiceByNumber(record.serviceNumber));
      expect(service?.serviceName).toBe('管局所记网站');
      const again = client.repairDifference(sent(differenceId, takeOver));
      expect(await refusal(again)).toEqual(['authority.difference_gone']);
      expect(await refusal(client.repairDifference(sent('dif_none', takeOver)))).toEqual(['object.not_found']);
    });

    test('what was put right meanwhile is not repaired, and is over', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId, record } = await differing(world);
      await world.deps.store.transaction(async (tx) => {
        const service = await tx.records.findServiceByNumber(record.serviceNumber);
        if (service !== null) await tx.records.putService({ ...service, serviceName: '管局所记网站' });
      });
      const act = { repair: 'seen', reason: '客户已知' } as const;
      expect(await refusal(client.repairDifference(sent(differenceId, act)))).toEqual(['authority.difference_gone']);
      const row = await world.deps.store.transaction((tx) => tx.authorityLedger.findDifference(differenceId));
      expect(row?.ending).toBe('agrees');
    });

    test('on a stopped line nothing is asked or sent, and why it is stopped is said', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      const line = { provider: '7', provinceCode: '440000' };
      const because = { code: '5', zh: '口令错误', en: 'wrong password' };
      await world.deps.store.transaction(({ authorityLedger }) =>
        authorityLedger.stopLine(line, world.deps.clock.now(), because),
      );
      const attempt = client.repairDifference(sent(differenceId, { repair: 'send_again' }));
      await expect(attempt).rejects.toMatchObject({
        problem: { code: 'authority.line_stopped', zh: expect.stringContaining('口令错误') },
      });
      await world.deps.store.transaction(({ authorityLedger }) => authorityLedger.resumeLine(line));
    });

    test('seen with a reason, which the audit has; a reason is wanted', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      const act = { repair: 'seen', reason: '客户已知' } as const;
      expect(await client.repairDifference(sent(differenceId, act))).toEqual({ state: 'seen' });
      const row = (await world.audit()).findLast(({ action }) => action === 'DifferenceRepaired');
      expect(row?.detail).toMatchObject({ repair: 'seen', kind: 'service_name_differs', reason: '客户已知' });
      const without = client.repairDifference(sent(differenceId, { ...act, reason: ' ' }));
      expect(await refusal(without)).toEqual(['input.invalid']);
    });

    test('a number of another record is not taken over', async () => {
      const world = get();
      const { client } = world.people.operator;
      const desk = fictionalDesk();
      world.useDesk(desk);
      const [record, other] = [await filed(world), await filed(world)];
      const status = { filed: true, subjectNumber: other.subjectNumber, serviceNumber: other.serviceNumber };
      const differenceId = await differingRecord(world, record, {
        desk,
        said: { serviceNumber: null, domainNames: [record.domainName], serviceName: '别名' },
      });
      world.useDesk(fictionalDesk({ askStatus: async () => status }));
      // What it says now is found first, and is a difference of its own.
      await client.repairDifference(sent(differenceId, { repair: 'open_case' }));
      const { differences } = await client.listDifferences({ query: { kind: 'number_differs' } });
      const found = differences.find(({ serviceNumber }) => serviceNumber === record.serviceNumber)?.id ?? '';
      expect(await refusal(client.repairDifference(sent(found, takeOver)))).toEqual(['record.number_conflict']);
      // Numbers are not sent.
      const act = { repair: 'send_again' } as const;
      expect(await refusal(client.repairDifference(sent(found, act)))).toEqual(['authority.repair_unfit']);
    });

    test.each<[string, (number: string) => string]>([
      ['of another province', (number) => number.replace(/^./, '京')],
      ['that cannot be read', () => '示例字第 1 号'],
      ['of an APP', (number) => `${number}A`],
    ])('a number %s is not taken over', async (_what, spoil) => {
      const world = get();
      const { client } = world.people.operator;
      const desk = fictionalDesk();
      world.useDesk(desk);
      const record = await filed(world);
      const differenceId = await differingRecord(world, record, {
        desk,
        said: { serviceNumber: spoil(record.serviceNumber) },
      });
      expect(await refusal(client.repairDifference(sent(differenceId, takeOver)))).toEqual(['authority.repair_unfit']);
    });

    test('a number of an organiser that has ended is not given what is in force', async () => {
      const world = get();
      const { client } = world.people.operator;
      const desk = fictionalDesk();
      world.useDesk(desk);
      const owner = await world.customer();
      const [record, other] = [await filed(world, owner), await filed(world, owner)];
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await world.flows.cancelRecord(call, { scope: 'subject', number: other.subjectNumber, reason: '注销' });
      const differenceId = await differingRecord(world, record, {
        desk,
        said: { serviceNumber: `${other.subjectNumber}-77` },
      });
      expect(await refusal(client.repairDifference(sent(differenceId, takeOver)))).toEqual(['record.number_conflict']);
    });

    test.each([
      'NEU.EXAMPLE.CN',
      'www.neu-example.cn',
      'http://neu-example.cn',
      'neu example.cn',
      '192.0.2.1',
      'com.cn',
    ])('%s is no name that is taken over', async (domainName) => {
      const world = get();
      const { client } = world.people.operator;
      const desk = fictionalDesk();
      world.useDesk(desk);
      const differenceId = await differingRecord(world, await filed(world), {
        desk,
        said: { domainNames: [domainName] },
      });
      expect(await refusal(client.repairDifference(sent(differenceId, takeOver)))).toEqual(['authority.repair_unfit']);
    });

    test('what the authority alone has is not entered under a number that is another organiser’s here', async () => {
      const world = get();
      const { client } = world.people.operator;
      const stranger = { name: '他人有限公司', nature: 4, certificateId: 1, certificateNumber: '91119900900000019X' };
      const desk = fictionalDesk({ readOrganiser: async () => stranger });
      world.useDesk(desk);
      const owner = await world.customer();
      const own = await filed(world, owner);
      const serviceNumber = `${own.subjectNumber}-78`;
      const there = {
        subjectNumber: own.subjectNumber,
        serviceNumber,
        domainName: `${world.fresh('x').replaceAll('_', '-')}.cn`,
      };
      const differenceId = await onlyThere(world, there, desk);
      for (const accountId of [undefined, owner.accountId]) {
        const act = { ...takeOver, accountId };
        expect(await refusal(client.repairDifference(sent(differenceId, act)))).toEqual(['record.number_conflict']);
      }
      const none = await world.deps.store.transaction((tx) => tx.records.findServiceByNumber(serviceNumber));
      expect(none).toBeNull();
    });

    test('two operators at once: it is written once, and told once as gone', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      const outcomes = await Promise.all(
        [1, 2, 3].map(() =>
          client.repairDifference(sent(differenceId, takeOver)).then(
            ({ state }) => state,
            () => 'refused',
          ),
        ),
      );
      expect(outcomes.toSorted()).toEqual(['ended', 'refused', 'refused']);
      const rows = (await world.audit()).filter(
        ({ action, detail }) => action === 'DifferenceRepaired' && JSON.stringify(detail).includes('take_over'),
      );
      expect(rows.length).toBeGreaterThan(0);
    });

    test.each(['take_over', 'open_case', 'send_again'] as const)(
      'what another operator sends while the authority is asked is not repaired beside that (%s)',
      async (repair) => {
        const world = get();
        const { client } = world.people.operator;
        const { record, differenceId } = await differing(world);
        const send = async () => {
          await world.deps.store.transaction(({ authorityLedger }) =>
            authorityLedger.insertHandover(openHandover(world.fresh('exc'), record)),
          );
          return null;
        };
        world.useDesk(fictionalDesk({ askStatus: send }));
        const told: string[] = [];
        const submit = async ({ id }: AuthoritySubmission) => {
          told.push(id);
          return { submissionId: id, receipt: 'R', receivedAt: world.deps.clock.now() };
        };
        world.replace({ authority: { submit } });
        expect(await refusal(client.repairDifference(sent(differenceId, { repair })))).toEqual([
          'authority.difference_gone',
        ]);
        expect(told).toEqual([]);
        const service = await world.deps.store.transaction((tx) =>
          tx.records.findServiceByNumber(record.serviceNumber),
        );
        expect(service?.serviceName).not.toBe('管局所记网站');
      },
    );

    test('while the authority cannot be asked nothing is repaired', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      world.useDesk(
        fictionalDesk({
          askStatus: async () => {
            throw new Fault('authority.unreachable');
          },
        }),
      );
      const key = { idempotencyKey: world.fresh('key') };
      const repair = () => client.repairDifference(sent(differenceId, takeOver), key);
      expect(await refusal(repair())).toEqual(['authority.unreachable']);
      world.useDesk(fictionalDesk());
      // The key is free again.
      expect(await repair()).toEqual({ state: 'ended' });
    });

    test('what cannot be sent stays open; what was sent is told of as that, and sent once', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      const act = { repair: 'send_again' } as const;
      const ids: string[] = [];
      for (const code of ['authority.not_sendable', 'authority.occupied'] satisfies FaultCode[]) {
        world.replace({
          authority: {
            submit: async ({ id }) => {
              ids.push(id);
              throw new Fault(code);
            },
          },
        });
        expect(await refusal(client.repairDifference(sent(differenceId, act)))).toEqual([code]);
        const row = await world.deps.store.transaction((tx) => tx.authorityLedger.findDifference(differenceId));
        expect(row?.state).toBe('open');
      }
      world.replace({
        authority: {
          submit: async ({ id, operation, service }) => {
            ids.push(id);
            expect([operation.act, operation.of.includes('service'), service.number !== null]).toEqual([
              'change',
              true,
              true,
            ]);
            return { submissionId: id, receipt: 'R', receivedAt: world.deps.clock.now() };
          },
        },
      });
      expect(await client.repairDifference(sent(differenceId, act))).toEqual({ state: 'sent' });
      // The same id as long as nobody knows that it arrived.
      expect(new Set(ids).size).toBe(1);
    });

    const there = (subjectNumber: string | null) => ({ filed: true, subjectNumber, serviceNumber: null });
    const gone = { filed: false, subjectNumber: null, serviceNumber: null };
    test.each<[string, AuthorityStatus | null, readonly string[], string | null]>([
      ['still has the organiser', there(null), ['service', 'access'], 'ours'],
      ['has it under another number', there('粤ICP备2026808080号'), ['service', 'access'], '粤ICP备2026808080号'],
      ['has the organiser no more', gone, ['subject', 'service', 'access'], null],
      ['cannot be asked, and has delivered the organiser', null, ['service', 'access'], 'ours'],
    ])('what the authority ended goes as what it can take: it %s', async (_what, ofCertificate, parts, number) => {
      const world = get();
      const { client } = world.people.operator;
      const desk = fictionalDesk({
        askStatus: async (_, { by }) => (by === 'domain_name' ? gone : ofCertificate),
      });
      const { record, differenceId } = await differing(world, desk);
      // Both sides are compared again first, and what is found then is another difference.
      await client.repairDifference(sent(differenceId, { repair: 'open_case' })).catch(() => {});
      const { differences } = await client.listDifferences({ query: { kind: 'cancelled_there' } });
      const found = differences.find(({ serviceNumber }) => serviceNumber === record.serviceNumber)?.id ?? '';
      const told: AuthoritySubmission[] = [];
      world.replace({
        authority: {
          submit: async (submission) => {
            told.push(submission);
            return { submissionId: submission.id, receipt: 'R', receivedAt: world.deps.clock.now() };
          },
        },
      });
      expect(await client.repairDifference(sent(found, { repair: 'send_again' }))).toEqual({ state: 'sent' });
      expect(told.map(({ operation, subject }) => [operation, subject.number])).toEqual([
        [{ act: 'add', of: parts }, number === 'ours' ? record.subjectNumber : number],
      ]);
    });

    test('twice at once under the same key: it is done once', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { differenceId } = await differing(world);
      let go = () => {};
      const waits = new Promise<void>((resolve) => {
        go = resolve;
      });
      let isAsked = () => {};
      const asked = new Promise<void>((resolve) => {
        isAsked = resolve;
      });
      world.useDesk(
        fictionalDesk({
          askStatus: async () => {
            isAsked();
            await waits;
            return null;
          },
        }),
      );
      const key = { idempotencyKey: world.fresh('key') };
      const first = client.repairDifference(sent(differenceId, takeOver), key);
      await asked;
      const second = client.repairDifference(sent(differenceId, takeOver), key);
      expect(await refusal(second)).toEqual(['idempotency.in_progress']);
      go();
      expect(await first).toEqual({ state: 'ended' });
    });
  },
);
