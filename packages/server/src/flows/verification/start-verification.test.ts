import { afterAll, expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, outcomeOf, refusal } from '../../main/testing/operation-tests.ts';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import {
  messageOf,
  startVerificationService,
  useService,
  verifierCall,
} from '../../main/testing/verification-service.ts';

const opened = await openOperations();
const service = await startVerificationService(() => opened.deps.clock.now());
afterAll(() => service.close());
const role = 'service_principal' as const;
const hourMs = 3_600_000;

type Ref = Parameters<typeof stepOf>[0];
const startOf = (ref: Ref, otherWay = false) => stepOf(ref, { role, otherWay });
const rulesOf = async (owner: Customer, { filingId }: Ref) =>
  (await owner.client.getFilingForm({ params: { filingId } })).findings
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('verification.'));
const refOf = (world: OperationWorld) => service.started.at(-1)?.reference ?? world.fresh('none');
/** The service says what came of the last start. */
const tell = (world: OperationWorld, result: object, id?: string) => {
  const at = world.deps.clock.now();
  const said = { reference: refOf(world), resultId: 'r1', outcome: 'passed', at, ...result };
  return world.flows.takeVerificationResult(verifierCall, messageOf(said, { at, ...(id !== undefined && { id }) }));
};

describeOperation(
  'startVerification',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => {
      useService(world, service);
      return startOf(await reach(world, owner, 'draft'));
    },
    leaves: ['VerificationStarted'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('keeps a filing from being submitted until the person has passed, with a finding for each step', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      expect(await rulesOf(owner, bound)).toEqual(['verification.not_started']);
      expect(await refusal(owner.client.submitFiling(stepOf(bound)))).toEqual(['filing.form_incomplete']);
      const { persons } = await owner.client.startVerification(startOf(bound));
      expect(persons).toMatchObject([{ state: 'waiting', link: expect.stringContaining('https://'), startsLeft: 9 }]);
      expect(service.started.at(-1)).toMatchObject({ way: 'electronic', person: { certificateType: 'resident_id' } });
      // The link is for the customer alone.
      const seen = await world.people.reviewer.client.getVerification({ params });
      expect(seen.persons).toMatchObject([{ state: 'waiting', link: null }]);
      expect(await rulesOf(owner, bound)).toEqual(['verification.waiting']);
      await tell(world, { outcome: 'failed', reason: 'no_face' });
      expect(await rulesOf(owner, bound)).toEqual(['verification.failed']);
      await owner.client.startVerification(startOf(bound));
      await tell(world, {});
      expect(await rulesOf(owner, bound)).toEqual([]);
      expect((await owner.client.submitFiling(stepOf(bound))).state).toBe('awaiting_review');
      expect(await world.events(bound.filingId)).toEqual(
        expect.arrayContaining(['VerificationStarted', 'VerificationFailed', 'VerificationPassed']),
      );
      const { notices } = await owner.client.listNotices({});
      const texts = notices.filter(({ type }) => type === 'VerificationEnded').map(({ text }) => text.zh);
      expect(texts).toEqual([expect.stringContaining('已通过'), expect.stringContaining('未检测到完整人脸')]);
    });

    test('runs out before it is submitted: it is done again', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      await owner.client.startVerification(startOf(bound));
      await tell(world, {});
      world.clock.nowMs += 3 * 24 * hourMs - 1000;
      expect(await rulesOf(owner, bound)).toEqual([]);
      world.clock.nowMs += 1000;
      expect(await rulesOf(owner, bound)).toEqual(['verification.expired']);
      expect(await refusal(owner.client.submitFiling(stepOf(bound)))).toEqual(['filing.form_incomplete']);
      await owner.client.startVerification(startOf(bound));
      await tell(world, {});
      const sent = await owner.client.submitFiling(stepOf(bound));
      // What counted then does not run out while others work on it, nor when they ask something.
      world.clock.nowMs += 10 * 24 * hourMs;
      const { client } = world.people.reviewer;
      const reasons = [{ field: 'service.name', reasonId: 'other', comment: '请补充' }];
      const asked = await client.askFiling(stepOf({ ...bound, version: sent.version }, { reasons }));
      expect(await rulesOf(owner, bound)).toEqual([]);
      const answered = await owner.client.answerFiling(stepOf({ ...bound, version: asked.version }));
      const passed = await client.passFiling(stepOf({ ...bound, version: answered.version }));
      expect(passed.state).toBe('awaiting_forward');
    });

    test('of somebody else that ran out before it was submitted does not count in an answer to the reviewer', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      const { values } = await owner.client.getFilingForm({ params });
      const field = 'service.principal.certificateNumber';
      const other = '440106198502020026';
      const verifyAs = async (version: number, number: unknown) => {
        const { filing } = await owner.client.saveFilingForm({
          params,
          body: { version, values: { [field]: number } },
        });
        await owner.client.startVerification(startOf({ ...bound, version: filing.version }));
        await tell(world, {});
        return filing.version;
      };
      const first = await verifyAs(bound.version, other);
      world.clock.nowMs += 4 * 24 * hourMs;
      const version = await verifyAs(first, values[field]);
      const sent = await owner.client.submitFiling(stepOf({ ...bound, version }));
      const reasons = [{ field, reasonId: 'other', comment: '请核对证件号码' }];
      const { client } = world.people.reviewer;
      const asked = await client.askFiling(stepOf({ ...bound, version: sent.version }, { reasons }));
      const body = { version: asked.version, values: { [field]: other } };
      const { filing } = await owner.client.correctFilingForm({ params, body });
      expect(await rulesOf(owner, bound)).toEqual(['verification.expired']);
      const answer = owner.client.answerFiling(stepOf({ ...bound, version: filing.version }));
      expect(await refusal(answer)).toEqual(['filing.form_incomplete']);
    });

    test.each([
      ['another certificate', { 'service.principal.certificateNumber': '440106198502020026' }],
      ['another name', { 'service.principal.name': '王五六' }],
    ])('counts for that person and certificate alone: %s needs a new one', async (_, changed) => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      const { values } = await owner.client.getFilingForm({ params });
      const of = (path: string) => values[`service.principal.${path}`] ?? values[`subject.principal.${path}`];
      await owner.client.startVerification(startOf(bound));
      await tell(world, {});
      const own = Object.fromEntries(
        ['name', 'certificateType', 'certificateNumber'].map((path) => [`service.principal.${path}`, of(path)]),
      );
      const save = async (version: number, more: object) =>
        (
          await owner.client.saveFilingForm({
            params,
            body: { version, values: { 'service.principal.isSubjects': 'no', ...own, ...more } },
          })
        ).filing.version;
      const version = await save(bound.version, changed);
      expect(await rulesOf(owner, bound)).toEqual(['verification.changed']);
      await save(version, {});
      expect(await rulesOf(owner, bound)).toEqual([]);
    });

    test('nobody has to show their face: by the other way a reviewer decides, and the filing can be submitted', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const before = service.started.length;
      const { persons } = await owner.client.startVerification(startOf(bound, true));
      expect(service.started).toHaveLength(before);
      expect(persons).toMatchObject([{ way: 'sheet', by: 'reviewer', isElectronicPossible: true, link: null }]);
      const sent = await owner.client.submitFiling(stepOf(bound));
      const seen = { ...bound, version: sent.version };
      const { client } = world.people.reviewer;
      expect(await refusal(client.passFiling(stepOf(seen)))).toEqual(['review.verification_open']);
      const passed = { role, way: 'sheet', outcome: 'passed', comment: '' } as const;
      await client.decideVerification(stepOf(seen, passed));
      expect((await client.passFiling(stepOf(seen))).state).toBe('awaiting_forward');
    });

    test('a person has so many links a day, and the service may be away', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      for (let turn = 0; turn < 10; turn += 1) await owner.client.startVerification(startOf(draft));
      expect(await refusal(owner.client.startVerification(startOf(draft)))).toEqual(['verification.too_many']);
      world.clock.nowMs += 24 * hourMs + 1000;
      service.answerWith(() => ({ status: 503, text: '{}' }));
      expect(await refusal(owner.client.startVerification(startOf(draft)))).toEqual(['verification.unreachable']);
      service.answerWith(null);
      expect((await owner.client.startVerification(startOf(draft))).persons).toMatchObject([{ state: 'waiting' }]);
      world.clock.nowMs += 2 * hourMs;
      expect(await rulesOf(owner, draft)).toEqual(['verification.link_expired']);
    });

    test('of many starts at once the service is asked for as many as count, and failed ones give their place back', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const startAll = () =>
        Promise.all(Array.from({ length: 20 }, () => outcomeOf(owner.client.startVerification(startOf(draft)))));
      let asked = 0;
      service.answerWith(() => {
        asked += 1;
        return { status: 503, text: '{}' };
      });
      const failed = await startAll();
      service.answerWith(null);
      expect(asked).toBe(failed.filter((outcome) => outcome === 'verification.unreachable').length);
      expect(asked).toBeGreaterThan(0);
      const params = { filingId: draft.filingId };
      expect((await owner.client.getVerification({ params })).persons).toMatchObject([
        { state: 'not_started', startsLeft: 10 },
      ]);
      const before = service.started.length;
      const outcomes = await startAll();
      expect(service.started).toHaveLength(before + 10);
      expect(outcomes.filter((outcome) => outcome === 'verification.too_many')).toHaveLength(10);
      expect((await owner.client.getVerification({ params })).persons).toMatchObject([
        { state: 'waiting', startsLeft: 0 },
      ]);
    });

    test('a result that is faster than the answer to the start is taken', async () => {
      const world = get();
      const { verifier } = service;
      useService(world, {
        ...service,
        verifier: {
          ...verifier,
          start: async (question) => {
            const begun = await verifier.start(question);
            expect(await tell(world, {})).toEqual({ changed: true });
            return begun;
          },
        },
      });
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const { persons } = await owner.client.startVerification(startOf(draft));
      expect(persons).toMatchObject([{ state: 'passed', link: null }]);
    });

    test('not without a service, of what is with others, of a stale screen or twice at once', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const start = (ref: Ref) => refusal(owner.client.startVerification(startOf(ref)));
      expect(await start(bound)).toEqual(['verification.not_asked']);
      useService(world, service, false);
      expect(await start({ ...bound, version: bound.version + 1 })).toEqual(['object.changed']);
      expect(await start({ ...bound, filingId: 'fil_none' })).toEqual(['object.not_found']);
      world.answer('idempotency', 'hold', async () => false);
      expect(await start(bound)).toEqual(['idempotency.in_progress']);
      world.reset();
      useService(world, service, false);
      const sent = await owner.client.submitFiling(stepOf(bound));
      expect(await start({ ...bound, version: sent.version })).toEqual(['filing.wrong_state']);
    });
  },
);
