import { addDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, outcomeOf, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer } from '../../main/testing/operation-world.ts';
import type { SeenMaterial } from '../../ports/index.ts';

describeOperation(
  'startRecordFiling',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({
      body: { number: (await filedCompany(world, owner)).serviceNumber, wants: 'change' },
    }),
    leaves: ['FilingStarted'],
    foreign: 'object.not_found',
  },
  (get) => {
    type Body = Parameters<Customer['client']['startRecordFiling']>[0]['body'];
    const start = ({ client }: Customer, number: string, wants: Body['wants'], more: Partial<Body> = {}) =>
      client.startRecordFiling({ body: { number, wants, ...more } });
    const formOf = async ({ client }: Customer, filingId: string) => client.getFilingForm({ params: { filingId } });

    test('finds out the type, and begins with what was filed last', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const { filing } = await start(owner, ` ${filed.serviceNumber} `, 'change');
      const { subjectNumber, serviceNumber, domainName } = filed;
      expect(filing).toMatchObject({ kind: 'change_site', state: 'draft', subjectNumber, serviceNumber, domainName });
      const { values, findings } = await formOf(owner, filing.id);
      expect(values).toMatchObject({ 'subject.certificateNumber': filed.proof.certificateNumber });
      expect(findings.filter(({ from }) => from === 'pre_check')).toEqual([]);
      await owner.client.abandonFiling({ params: { filingId: filing.id }, body: { version: filing.version } });
      const ofSubject = await start(owner, subjectNumber, 'cancel');
      expect(ofSubject.filing).toMatchObject({ kind: 'cancel_subject', domainName: '', serviceNumber: null });
    });

    test('what is only shown cannot be changed, and what ends a record is confirmed by the certificate', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const { filing } = await start(owner, filed.serviceNumber, 'end_access');
      const params = { filingId: filing.id };
      const save = (values: object) =>
        owner.client.saveFilingForm({ params, body: { version: filing.version, values: { ...values } } });
      expect(await refusal(save({ 'service.name': '另一个名称' }))).toEqual(['input.invalid']);
      const wrong = await save({ 'cancellation.lastSix': '000000', 'cancellation.understood': 'yes' });
      expect(wrong.form.findings.map(({ rule }) => rule)).toEqual(['certificate.last_six']);
      const lastSix = filed.proof.certificateNumber.slice(-6);
      const right = await owner.client.saveFilingForm({
        params,
        body: { version: wrong.filing.version, values: { 'cancellation.lastSix': lastSix } },
      });
      expect(right.form.findings).toEqual([]);
      const seen = await world.people.reviewer.client.getFilingForm({ params });
      expect(seen.values['cancellation.lastSix']).not.toBe(lastSix);
      const body = { version: right.filing.version };
      const sent = await owner.client.submitFiling({ params, body });
      // No reviewer reads it, and no place is needed.
      expect(sent).toMatchObject({ state: 'awaiting_forward', resourceId: null });
      expect((await world.events(filing.id)).at(-1)).toBe('CancellationSubmitted');
    });

    test('a demanded correction is what a change becomes, with only what was demanded open', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber } = await filedCompany(world, owner);
      const items = [{ field: 'service.name', comment: '名称与实际不符' }];
      const demand = { body: { serviceNumber, demandedBy: 'authority' as const, items } };
      await world.people.reviewer.client.demandCorrection(demand);
      const { filing } = await start(owner, serviceNumber, 'change');
      expect(filing.kind).toBe('correction');
      const { refused } = await formOf(owner, filing.id);
      expect(refused).toEqual(['service.name']);
      const save = (values: Record<string, string>) =>
        owner.client.saveFilingForm({ params: { filingId: filing.id }, body: { version: filing.version, values } });
      expect(await refusal(save({ 'service.remark': '其他' }))).toEqual(['input.invalid']);
      expect(await outcomeOf(save({ 'service.name': '规则手册正名' }))).toBe('done');
    });

    test('what is sent as it is on record is refused: each field that was demanded, or a change of nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber, subjectNumber } = await filedCompany(world, owner);
      const rulesOf = async ({ id, version }: { readonly id: string; readonly version: number }) => {
        const params = { filingId: id };
        const submitted = await outcomeOf(owner.client.submitFiling({ params, body: { version } }));
        const { findings } = await owner.client.checkFiling({ params });
        const unchanged = findings.filter(({ rule }) => rule === 'change.nothing' || rule === 'demand.unchanged');
        return [submitted, ...unchanged.map(({ field, rule }) => (field === null ? rule : `${rule} ${field}`))];
      };
      const save = async ({ id, version }: { readonly id: string; readonly version: number }, values: object) =>
        (await owner.client.saveFilingForm({ params: { filingId: id }, body: { version, values: { ...values } } }))
          .filing;
      const { filing: ofSubject } = await start(owner, subjectNumber, 'change');
      expect(await rulesOf(ofSubject)).toEqual(['filing.form_incomplete', 'change.nothing']);
      await owner.client.abandonFiling({ params: { filingId: ofSubject.id }, body: { version: ofSubject.version } });
      const { filing: change } = await start(owner, serviceNumber, 'change');
      expect(await rulesOf(change)).toEqual(['filing.form_incomplete', 'change.nothing']);
      const nameOnRecord = (await formOf(owner, change.id)).values['service.name'];
      const renamed = await save(change, { 'service.name': '规则手册正名' });
      expect(await rulesOf(await save(renamed, { 'service.name': nameOnRecord }))).toContain('change.nothing');
      const { version } = (await owner.client.getFiling({ params: { filingId: change.id } })).filing;
      await owner.client.abandonFiling({ params: { filingId: change.id }, body: { version } });

      const items = ['service.name', 'service.remark'].map((field) => ({ field, comment: '与实际不符' }));
      await world.people.reviewer.client.demandCorrection({
        body: { serviceNumber, demandedBy: 'authority', items },
      });
      const { filing: correction } = await start(owner, serviceNumber, 'change');
      expect(await rulesOf(correction)).toEqual([
        'filing.form_incomplete',
        'demand.unchanged service.name',
        'demand.unchanged service.remark',
      ]);
      const half = await save(correction, { 'service.name': '规则手册正名' });
      expect(await rulesOf(half)).toEqual(['filing.form_incomplete', 'demand.unchanged service.remark']);
      expect(await rulesOf(await save(half, { 'service.remark': '用于展示本单位的介绍和活动信息。' }))).toEqual([
        'done',
      ]);
    });

    test('a picture that the last filing did not show is a change', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber, filingId } = await filedCompany(world, owner);
      const { filing } = await start(owner, serviceNumber, 'change');
      const params = { filingId: filing.id };
      const rules = async () => (await owner.client.checkFiling({ params })).findings.map(({ rule }) => rule);
      expect(await rules()).toContain('change.nothing');
      const showing = (contents: Readonly<Record<string, string>>) =>
        world.answer('materials', 'list', async (id) => {
          const contentHash = contents[id];
          // Of a picture only what it shows is looked at.
          return contentHash === undefined ? [] : [{ blob: { contentHash } } as SeenMaterial];
        });
      showing({ [filing.id]: 'renewed', [filingId]: 'before' });
      expect(await rules()).not.toContain('change.nothing');
      showing({ [filing.id]: 'before', [filingId]: 'before' });
      expect(await rules()).toContain('change.nothing');
    });

    test('a correction is due on the day that the demand sets, where that is sooner than the draft’s own limit', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber } = await filedCompany(world, owner);
      const today = dayOf(world.deps.clock.now());
      const demandedBy = 'authority' as const;
      const items = [{ field: 'service.name', comment: '名称与实际不符' }];
      const { reviewer } = world.people;
      const demand = (dueOn?: string) =>
        reviewer.client.demandCorrection({ body: { serviceNumber, demandedBy, items, ...(dueOn && { dueOn }) } });
      const dueOf = async (dueOn?: string) => {
        const { id: demandId } = await demand(dueOn);
        const { filing } = await start(owner, serviceNumber, 'change');
        const params = { filingId: filing.id };
        const body = { version: filing.version, values: { 'service.name': '规则手册正名' } };
        const { filing: saved } = await owner.client.saveFilingForm({ params, body });
        await owner.client.abandonFiling({ params, body: { version: saved.version } });
        await reviewer.client.withdrawDemand({ params: { demandId } });
        return [filing.dueAt, saved.dueAt];
      };
      const endOf = (day: string) => startOfDay(addDays(day, 1));
      const soon = addDays(today, 3);
      expect(await dueOf(soon)).toEqual([endOf(soon), endOf(soon)]);
      const [, unbounded] = await dueOf();
      expect(await dueOf(addDays(today, 400))).toEqual([expect.any(String), unbounded]);
      expect(Date.parse(unbounded ?? '')).toBeGreaterThan(Date.parse(endOf(soon)));
    });

    test('a correction that came back is due on the demand’s day; one that is over bounds nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { reviewer } = world.people;
      const { serviceNumber } = await filedCompany(world, owner);
      const dueOn = addDays(dayOf(world.deps.clock.now()), 5);
      const items = [{ field: 'service.name', comment: '名称与实际不符' }];
      await reviewer.client.demandCorrection({ body: { serviceNumber, demandedBy: 'authority', items, dueOn } });
      const { filing } = await start(owner, serviceNumber, 'change');
      const params = { filingId: filing.id };
      const back = async (name: string) => {
        const { version: before } = (await owner.client.getFiling({ params })).filing;
        const body = { version: before, values: { 'service.name': name } };
        const { version } = (await owner.client.saveFilingForm({ params, body })).filing;
        const { version: sent } = await owner.client.submitFiling({ params, body: { version } });
        const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general' }];
        await reviewer.client.returnFiling({ params, body: { version: sent, reasons } });
        return (await owner.client.getFiling({ params })).filing.dueAt ?? '';
      };
      const demanded = startOfDay(addDays(dueOn, 1));
      expect(await back('规则手册正名')).toBe(demanded);
      world.clock.nowMs = Date.parse(demanded) + 1;
      expect((await back('规则手册正名二')) > demanded).toBe(true);
    });

    test('an approved correction ends the demand that it began with, not one that was made since', async () => {
      const world = get();
      const { reviewer } = world.people;
      const owner = await world.customer();
      const { subjectNumber, serviceNumber } = await filedCompany(world, owner);
      const demand = (field: string) =>
        reviewer.client.demandCorrection({
          body: { serviceNumber, demandedBy: 'authority', items: [{ field, comment: '与实际不符' }] },
        });
      const correct = async (values: Record<string, string>, meanwhile: () => Promise<unknown>) => {
        const { filing } = await start(owner, serviceNumber, 'change');
        expect(filing.kind).toBe('correction');
        world.clock.nowMs += 60_000;
        await meanwhile();
        const params = { filingId: filing.id };
        const saved = await owner.client.saveFilingForm({ params, body: { version: filing.version, values } });
        const { accountId } = owner;
        const { domainName, id: filingId, version } = saved.filing;
        await world.pass(await world.submit({ filingId, version, accountId, domainName }));
        await world.message({ kind: 'approved', filingId, subjectNumber, serviceNumber });
        return (await owner.client.listDemands({})).demands.map(({ id }) => id);
      };
      const first = await demand('service.name');
      let second = '';
      const left = await correct({ 'service.name': '规则手册正名' }, async () => {
        await reviewer.client.withdrawDemand({ params: { demandId: first.id } });
        second = (await demand('service.remark')).id;
      });
      expect(left).toEqual([second]);
      expect(await correct({ 'service.remark': '用于展示本单位的介绍和活动信息。' }, async () => {})).toEqual([]);
    });

    test('an approved correction of a service that was cancelled meanwhile still corrects its organiser', async () => {
      const world = get();
      const { reviewer, operator } = world.people;
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const { subjectNumber, serviceNumber } = filed;
      await anotherSite(world, owner, filed);
      const items = [{ field: 'subject.name', comment: '与证件不符' }];
      await reviewer.client.demandCorrection({ body: { serviceNumber, demandedBy: 'authority', items } });
      const { filing } = await start(owner, serviceNumber, 'change');
      const name = `${fictionalCompany(filed.company).name}（更名）`;
      const params = { filingId: filing.id };
      const body = { version: filing.version, values: { 'subject.name': name } };
      const { filing: saved } = await owner.client.saveFilingForm({ params, body });
      const { accountId } = owner;
      const { domainName, id: filingId, version } = saved;
      await world.pass(await world.submit({ filingId, version, accountId, domainName }));
      await operator.client.cancelRecord({ body: { scope: 'service', number: serviceNumber, reason: '核对' } });
      await world.message({ kind: 'approved', filingId, subjectNumber, serviceNumber });
      expect((await owner.client.getFiling({ params })).filing.state).toBe('filed');
      const subject = await world.deps.store.transaction((tx) => tx.records.findSubjectByNumber(subjectNumber));
      expect(subject?.unitName).toBe(name);
      const service = await world.deps.store.transaction((tx) => tx.records.findServiceByNumber(serviceNumber));
      expect(service?.state).toBe('cancelled');
    });

    test('a new certificate is asked for and checked at the start, and nobody else’s', async () => {
      const world = get();
      const owner = await world.customer();
      const { subjectNumber, proof } = await filedCompany(world, owner);
      const becomes = (certificateNumber: string) =>
        start(owner, subjectNumber, 'change', {
          becomes: { subjectKind: 'enterprise', certificateType: 'business_licence', certificateNumber },
        });
      const mistyped = becomes(`${proof.certificateNumber.slice(0, -1)}!`);
      await expect(mistyped).rejects.toMatchObject({ problem: { places: [{ path: 'becomes.certificateNumber' }] } });
      const other = await filedCompany(world, await world.customer());
      expect(await refusal(becomes(other.proof.certificateNumber))).toEqual(['filing.subject_in_other_account']);
      const { creditCode } = fictionalCompany(world.companySerial());
      const { filing } = await becomes(creditCode);
      expect(filing.kind).toBe('change_filing');
      const { values, findings } = await formOf(owner, filing.id);
      expect(values).toMatchObject({ 'subject.certificateNumber': creditCode });
      // How long the new one is valid is for its holder to say.
      expect(findings.map(({ field }) => field)).toContain('subject.certificateValidFrom');
    });

    test('the last service goes with its organiser; what was ended or is another’s is not found', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      expect(await refusal(start(owner, filed.serviceNumber, 'cancel'))).toEqual([
        'filing.precondition_unmet',
        'filing.not_last_service',
      ]);
      await anotherSite(world, owner, filed);
      const { filing } = await start(owner, filed.serviceNumber, 'cancel');
      expect(filing.kind).toBe('cancel_site');
      expect(await refusal(start(owner, filed.subjectNumber, 'cancel'))).toEqual(['filing.already_open']);
      expect(await refusal(start(await world.customer(), filed.serviceNumber, 'cancel'))).toEqual(['object.not_found']);
      const { operator } = world.people;
      const body = { scope: 'service' as const, number: filed.serviceNumber, reason: '管局注销' };
      await operator.client.cancelRecord({ body });
      expect(await refusal(start(owner, filed.serviceNumber, 'change'))).toEqual(['object.not_found']);
    });

    test('is refused for what cannot be meant, unverified, and beyond the drafts of an account', async () => {
      const world = get();
      const owner = await world.customer();
      const { subjectNumber, serviceNumber } = await filedCompany(world, owner);
      const becomes = {
        subjectKind: 'individual' as const,
        certificateType: 'resident_id',
        certificateNumber: fictionalPerson(3).residentId,
      };
      for (const attempt of [
        start(owner, '不是备案号', 'change'),
        start(owner, subjectNumber, 'end_access'),
        start(owner, serviceNumber, 'change', { becomes }),
        start(owner, subjectNumber, 'cancel', { becomes }),
      ])
        expect(await refusal(attempt)).toEqual(['input.invalid']);
      for (let open = 0; open < world.deps.drafts.perAccount; open += 1) await world.draft(owner.accountId);
      expect(await refusal(start(owner, serviceNumber, 'change'))).toEqual(['filing.too_many_drafts']);
      world.answer('accounts', 'find', async () => null);
      expect(await refusal(start(owner, serviceNumber, 'change'))).toEqual(['account.not_verified']);
    });
  },
);
