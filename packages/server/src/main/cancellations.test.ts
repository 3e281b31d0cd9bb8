import { expect, test } from 'vitest';
import { describeOnBoth, type FiledRef, type RuleWorld, refusalOf } from './testing/rule-world.ts';

const hourMs = 3_600_000;

await describeOnBoth('a record that the authority cancelled', (get) => {
  const why = async (world: RuleWorld, host: string) => {
    const { outcome, reason } = await world.flows.explainHost({ actor: world.operator }, { host });
    return `${outcome} ${reason}`;
  };
  const cancelled = (scope: string, number: string, more: object = {}) => ({
    kind: 'cancelled',
    scope,
    number,
    provider: scope === 'access' ? 'tencent' : null,
    ...more,
  });
  const cancel = (world: RuleWorld, scope: 'subject' | 'service' | 'access', number: string) =>
    world.flows.cancelRecord(
      { actor: world.operator, idempotencyKey: world.fresh('key') },
      { scope, number, reason: '客户来函' },
    );
  const eventsOf = async (world: RuleWorld, { filingId }: FiledRef) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).events.map(({ type }) => type);

  // What the issue says of each cloud; JD's older FAQ frees the slot of a code, too.
  test.each([
    ['tencent', 'cvm', 'direct', true],
    ['tencent', 'cvm', 'code', false],
    ['alibaba', 'ecs', 'direct', false],
    ['alibaba', 'ecs', 'code', false],
    ['huawei', 'ecs', 'direct', false],
    ['huawei', 'ecs', 'code', false],
    ['jd', 'vm', 'code', true],
  ] as const)(
    '%s/%s: the place of a %s filing comes back: %s; the code stays used',
    async (provider, product, way, returns) => {
      const world = get();
      const account = await world.account();
      const resourceId = await world.server(account, provider, product);
      const use = way === 'code' ? 'issue' : 'file';
      const code = way === 'code' ? await world.issue(account, resourceId, account) : null;
      const filed = await world.filed(account, code === null ? { resourceId } : { code: code.clear });
      expect(await world.spent(resourceId, use)).toBe(1);
      expect(await why(world, filed.domainName)).toBe('allow filed_here');

      world.clock.nowMs += hourMs;
      const message = cancelled('service', filed.serviceNumber, { messageId: world.fresh('msg') });
      expect(await world.message(message)).toBe('applied');
      expect(await world.message(message)).toBe('repeated');
      expect(await why(world, filed.domainName)).toBe('block cancelled');
      expect(await world.spent(resourceId, use)).toBe(returns ? 0 : 1);
      expect(await eventsOf(world, filed)).toContain('RecordCancelled');
      const { rows } = await world.flows.listAudit(
        { actor: world.operator },
        { objectId: filed.serviceNumber, limit: 9 },
      );
      const [{ action, detail } = { action: '', detail: {} }] = rows;
      expect([action, detail]).toMatchObject([
        'RecordCancelled',
        { scope: 'service', services: [{ filings: [{ filingId: filed.filingId, quotaReturned: returns }] }] },
      ]);
      if (code === null) return;
      const view = await world.flows.getCode({ actor: world.operator }, { codeId: code.id });
      expect(view.state).toBe('used');
      const told = await world.deps.store.transaction((tx) => tx.codeEvents.takeUnrelayed({ limit: 5000 }));
      expect(
        told
          .filter((event) => event.codeId === code.id)
          .map(({ type, detail: more }) => [type, more])
          .at(-1),
      ).toEqual(['CodeFilingCancelled', { filingId: filed.filingId, scope: 'service', quotaReturned: returns }]);
    },
  );

  test('a subject goes with all its services and may be filed again; an access alone leaves the record', async () => {
    const world = get();
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const filed = await world.filed(account, { resourceId });
    expect(await world.message(cancelled('subject', filed.subjectNumber))).toBe('applied');
    expect(await why(world, filed.domainName)).toBe('block cancelled');
    expect(await world.spent(resourceId, 'file')).toBe(0);
    const { records } = await world.flows.listRecords({ actor: world.operator }, {});
    expect(records.find(({ serviceNumber }) => serviceNumber === filed.serviceNumber)).toMatchObject({
      state: 'cancelled',
      accesses: [],
      cancelledAt: new Date(world.clock.nowMs).toISOString(),
    });
    const next = await world.filed(account, { resourceId });
    expect(await world.message(cancelled('access', next.serviceNumber, { provider: 'alibaba' }))).toBe('applied');
    expect(await why(world, next.domainName)).toBe('allow filed_here');
    expect(await world.message(cancelled('access', next.serviceNumber))).toBe('applied');
    expect(await why(world, next.domainName)).toBe('block access_missing');
    expect(await world.spent(resourceId, 'file')).toBe(0);
    // The service itself is cancelled later: its quota was returned once and is not returned again.
    expect(await world.message(cancelled('service', next.serviceNumber))).toBe('applied');
    expect(await why(world, next.domainName)).toBe('block cancelled');
    expect(await world.spent(resourceId, 'file')).toBe(0);
  });

  test('an operator enters it once; a second time, or the message after it, changes nothing', async () => {
    const world = get();
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const filed = await world.filed(account, { resourceId });
    const typed = filed.serviceNumber.replace('号', ' 号 ').toLowerCase();
    const once = { actor: world.operator, idempotencyKey: world.fresh('key') };
    const input = { scope: 'service' as const, number: typed, reason: '客户来函' };
    const first = await world.flows.cancelRecord(once, input);
    expect(first).toEqual({
      changed: true,
      services: [
        {
          serviceNumber: filed.serviceNumber,
          domainName: filed.domainName,
          filings: [{ filingId: filed.filingId, codeId: null, quotaReturned: true }],
        },
      ],
    });
    expect(await world.flows.cancelRecord(once, input)).toEqual(first);
    expect(await cancel(world, 'service', filed.serviceNumber)).toEqual({ changed: false, services: [] });
    expect(await world.message(cancelled('service', filed.serviceNumber))).toBe('applied');
    expect(await world.spent(resourceId, 'file')).toBe(0);
    const { rows } = await world.flows.listAudit(
      { actor: world.operator },
      { objectId: filed.serviceNumber, limit: 9 },
    );
    expect(rows.map(({ action, actorRole }) => [action, actorRole])).toEqual([['RecordCancelled', 'operator']]);
    expect(await refusalOf(cancel(world, 'service', '粤ICP备2024999999号-1'))).toBe('object.not_found');
    expect(await refusalOf(cancel(world, 'service', filed.subjectNumber))).toBe('input.invalid');
    expect(await refusalOf(cancel(world, 'subject', 'no number'))).toBe('input.invalid');
  });

  test('one that overtakes its approval waits for it; one from before the approval is stale', async () => {
    const world = get();
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const submitted = await world.submit(await world.bind(await world.draft(account), { resourceId }));
    const reviewer = { userId: 'usr_r', role: 'reviewer' as const, accountId: null };
    const { filingId, version, domainName } = submitted;
    await world.flows.passFiling({ actor: reviewer, idempotencyKey: world.fresh('key') }, { filingId, version });
    const [subjectNumber, serviceNumber] = ['粤ICP备2025000777号', '粤ICP备2025000777号-1'];
    const sentAt = (minutes: number) => new Date(world.clock.nowMs + minutes * 60_000).toISOString();
    expect(await world.message(cancelled('subject', subjectNumber, { sentAt: sentAt(2) }))).toBe('stale');
    expect(await world.message({ kind: 'approved', filingId, subjectNumber, serviceNumber, sentAt: sentAt(1) })).toBe(
      'applied',
    );
    expect(await why(world, domainName)).toBe('block cancelled');
    expect(await world.spent(resourceId, 'file')).toBe(0);

    const filed = await world.filed(account, { resourceId });
    expect(await world.message(cancelled('access', filed.serviceNumber, { sentAt: sentAt(-5) }))).toBe('stale');
    expect(await why(world, filed.domainName)).toBe('allow filed_here');
  });
});
