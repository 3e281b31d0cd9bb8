import type { OperationId } from '@openbeian/contract';
import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { byOperator as by, handedOver, worldByHand } from '../../../main/testing/by-hand.ts';
import { describeOnBoth, refusalOf } from '../../../main/testing/rule-world.ts';
import type { EnteredResult } from './enter-result.ts';

const operation: OperationId = 'enterAuthorityResult';

await describeOnBoth(`${operation}, without a line to the authority`, (get) => {
  test('enters what the form says, and its results: SMS, then the number', async () => {
    const world = get();
    const { flows, filingId, look, enter } = await handedOver(world);
    expect(await look()).toMatchObject({ state: 'awaiting_sms', actions: expect.arrayContaining(['enter_result']) });
    const dueAt = new Date(world.clock.nowMs + 86_400_000).toISOString();
    expect(await enter({ kind: 'sms_requested', dueAt })).toMatchObject({ state: 'awaiting_sms', dueAt });
    const one = { kind: 'sms_progress', people: ['subject_principal'], resends: 1, wrongCodes: 2 } as const;
    await enter({ ...one, state: 'confirmed', code: '31' });
    const { sms } = await flows.getFiling({ actor: world.operator }, { filingId });
    expect(sms?.people).toMatchObject([
      { state: 'confirmed', code: '31', resendsLeft: 2, triesLeft: 3 },
      { state: 'sent', triesLeft: 5 },
    ]);
    expect((await enter({ kind: 'sms_confirmed' })).state).toBe('awaiting_verdict');
    const numbers = { subjectNumber: '粤ICP备 2026900001 号', serviceNumber: '粤ICP备2026900001号-1' };
    const filed = await enter({ kind: 'approved', ...numbers });
    expect(filed).toMatchObject({
      state: 'filed',
      subjectNumber: '粤ICP备2026900001号',
      serviceNumber: numbers.serviceNumber,
    });
    const { rows } = await flows.listAudit({ actor: world.operator }, { action: 'AuthorityResultEntered', limit: 5 });
    expect(rows.filter(({ objectId }) => objectId === filingId)).toHaveLength(4);
  });

  test('numbers that cannot be this filing’s are refused at their place, and nothing is written', async () => {
    const world = get();
    const { look, enter } = await handedOver(world);
    const before = await look();
    const wrong: [string, string, string][] = [
      ['京ICP备2026900001号', '京ICP备2026900001号-1', 'result.subjectNumber'],
      ['粤ICP备2026900001号-1', '粤ICP备2026900001号-1', 'result.subjectNumber'],
      ['粤ICP备2026900001号', '粤ICP备2026900002号-1', 'result.serviceNumber'],
      ['粤ICP备2026900001号', '粤ICP备2026900001号', 'result.serviceNumber'],
      ['粤ICP备2026900001号', '粤ICP备2026900001号-1A', 'result.serviceNumber'],
      ['1', '', 'result.subjectNumber'],
    ];
    for (const [subjectNumber, serviceNumber, path] of wrong) {
      await expect(enter({ kind: 'approved', subjectNumber, serviceNumber })).rejects.toMatchObject({
        code: 'input.invalid',
        extras: { places: [{ path }] },
      });
    }
    expect(await look()).toEqual(before);
  });

  test('a field that the form has not, and a day that was mistyped, are refused at their place', async () => {
    const world = get();
    const { look, enter } = await handedOver(world);
    const before = await look();
    const inDays = (days: number) => new Date(world.clock.nowMs + days * 86_400_000).toISOString();
    const wrong: [EnteredResult, string][] = [
      [
        {
          kind: 'rejected',
          reasons: [
            { field: null, text: '驳回' },
            { field: 'service.nonsense', text: '驳回' },
          ],
        },
        'result.reasons[1].field',
      ],
      [{ kind: 'sms_requested', dueAt: inDays(-1) }, 'result.dueAt'],
      [{ kind: 'sms_requested', dueAt: inDays(365) }, 'result.dueAt'],
    ];
    for (const [result, path] of wrong) {
      await expect(enter(result)).rejects.toMatchObject({ code: 'input.invalid', extras: { places: [{ path }] } });
    }
    expect(await look()).toEqual(before);
  });

  test('a number on record for somebody else is a conflict for the operator, and nothing is written', async () => {
    const world = get();
    const other = await world.account();
    const filed = await world.filed(other, { resourceId: await world.server(other, 'tencent', 'cvm') });
    const { look, enter } = await handedOver(world);
    const before = await look();
    const { subjectNumber, serviceNumber } = filed;
    expect(await refusalOf(enter({ kind: 'approved', subjectNumber, serviceNumber }))).toBe('record.number_conflict');
    expect(await look()).toEqual(before);
  });

  test('of two operators who enter at once one result counts', async () => {
    const world = get();
    const { flows, filingId, look } = await handedOver(world);
    const { version } = await look();
    const all = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => {
        const numbers = { subjectNumber: `粤ICP备202691000${index}号`, serviceNumber: `粤ICP备202691000${index}号-1` };
        return flows.enterAuthorityResult(by(world), { filingId, version, result: { kind: 'approved', ...numbers } });
      }),
    );
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await look()).state).toBe('filed');
  });

  test('a result before the filing was handed over, after it ended, or with a line, is refused', async () => {
    const world = get();
    const { flows, filingId, enter, look } = await handedOver(world);
    const { version } = await look();
    const late = { filingId, version, result: { kind: 'sms_confirmed' } } as const;
    expect(await refusalOf(world.flows.enterAuthorityResult(by(world), late))).toBe('authority.by_line');
    expect(await refusalOf(world.flows.revealHandEntry(by(world), { filingId }))).toBe('authority.by_line');
    await enter({ kind: 'rejected', reasons: [{ field: null, text: '名称冲突' }] });
    const message = { zh: '管局驳回：名称冲突', en: 'Rejected by the authority: 名称冲突' };
    expect(await look()).toMatchObject({ state: 'rejected', findings: [{ from: 'authority', message }] });
    expect(await refusalOf(enter({ kind: 'sms_confirmed' }))).toBe('filing.wrong_state');
    const stale = { filingId, version, result: { kind: 'sms_confirmed' } } as const;
    expect(await refusalOf(flows.enterAuthorityResult(by(world), stale))).toBe('object.changed');
  });

  test('what is filed elsewhere goes by the customer’s own numbers, since nobody can be asked', async () => {
    const world = get();
    const { flows } = worldByHand(world);
    const account = await world.account();
    const route = (more: object) =>
      flows.findFilingRoute(world.call(account), {
        domainName: `${world.fresh('stated')}.cn`,
        serviceKind: 'website',
        subjectKind: 'enterprise',
        provinceCode: '440000',
        certificateType: 'business_licence',
        certificateNumber: fictionalCompany(77_001).creditCode,
        ...more,
      });
    const subjectNumber = '粤ICP备2025000777号';
    expect((await route({})).startable).toBe('first');
    expect((await route({ subjectNumber })).startable).toBe('add_site_elsewhere');
    expect((await route({ subjectNumber, serviceNumber: `${subjectNumber}-3` })).startable).toBe('access');
    for (const more of [{ subjectNumber: '粤备1号' }, { serviceNumber: subjectNumber }]) {
      const [path] = Object.keys(more);
      await expect(route(more)).rejects.toMatchObject({ code: 'input.invalid', extras: { places: [{ path }] } });
    }
  });

  test('a stated number tells nothing of another account’s records', async () => {
    const world = get();
    const { flows } = worldByHand(world);
    const owner = await world.account();
    const number = 88_001;
    const bound = await world.bind(await world.draft(owner, number), {
      resourceId: await world.server(owner, 'tencent', 'cvm'),
    });
    const filed = await world.approve(bound);
    const stranger = await world.account();
    const route = (subjectNumber: string) =>
      flows.findFilingRoute(world.call(stranger), {
        domainName: `${world.fresh('strange')}.cn`,
        serviceKind: 'website',
        subjectKind: 'enterprise',
        provinceCode: '440000',
        certificateType: 'business_licence',
        certificateNumber: fictionalCompany(number).creditCode,
        subjectNumber,
      });
    const guessed = await route('粤ICP备2025000778号');
    expect(JSON.stringify(guessed)).not.toContain(filed.subjectNumber);
    expect(guessed.conflicts.map(({ code }) => code)).not.toContain('conflict.subject_in_other_account');
    expect((await route(filed.subjectNumber)).conflicts).not.toEqual(guessed.conflicts);
  });
});
