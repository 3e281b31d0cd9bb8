import { afterEach, describe, expect, test } from 'vitest';
import { describeOnBoth, type RuleWorld, refusalOf } from './testing/rule-world.ts';
import { type Rules, sampleRules } from './testing/sample-rules.ts';

/** Every flag of a policy that flows must keep: each test turns one and sees the flow turn with it. */
const dayMs = 86_400_000;

await describeOnBoth('rules in flows', (get) => {
  afterEach(() => get().useRules(null));
  const open = async (world: RuleWorld, some: Rules, more: object = {}) => {
    world.useRules(sampleRules(some));
    const account = await world.account();
    const resourceId = await world.server(account, 'xingyun', 'server', more);
    return { account, resourceId };
  };
  const verify = async (world: RuleWorld, code: string, accountId: string) => {
    const { reasons } = await world.flows.verifyCode(world.call(accountId), { code, accountId });
    return reasons.map((reason) => reason.code);
  };
  const bindsFor = async (world: RuleWorld, account: string, to: { resourceId: string } | { code: string }) => {
    const draft = await world.draft(account);
    return world.bind(draft, to).then(
      () => 'bound',
      () => 'refused',
    );
  };

  describe('grant', () => {
    test.each(['named', 'named_with_sms', 'named_or_allow_list'])(
      '%s: a code that is granted to nobody is its issuer’s',
      async (grant) => {
        const world = get();
        const { account, resourceId } = await open(world, { codes: { grant } });
        const stranger = await world.account();
        const code = await world.issue(account, resourceId);
        expect(await verify(world, code.clear, stranger)).toEqual(['code.unknown']);
        expect(await bindsFor(world, stranger, { code: code.clear })).toBe('refused');
        expect(await verify(world, code.clear, account)).toEqual([]);
        // Granted later, it is the grantee's.
        await world.flows.grantCode(world.call(account), { codeId: code.id, granteeAccountId: stranger });
        expect(await verify(world, code.clear, stranger)).toEqual([]);
        expect(await bindsFor(world, stranger, { code: code.clear })).toBe('bound');
      },
    );

    test('bearer: whoever has the code may use it, until it is granted to somebody', async () => {
      const world = get();
      const { account, resourceId } = await open(world, { codes: { grant: 'bearer' } });
      const [stranger, grantee] = [await world.account(), await world.account()];
      const code = await world.issue(account, resourceId);
      expect(await verify(world, code.clear, stranger)).toEqual([]);
      expect(await bindsFor(world, stranger, { code: code.clear })).toBe('bound');
      const granted = await world.issue(account, resourceId, grantee);
      expect(await verify(world, granted.clear, stranger)).toEqual(['code.unknown']);
      expect(await verify(world, granted.clear, grantee)).toEqual([]);
    });
  });

  test.each([
    [true, []],
    [false, ['code.not_revived']],
    [null, []],
  ])('revivesOnRenewal %s: a code whose server expired and was renewed', async (revivesOnRenewal, after) => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { revivesOnRenewal } }, { expiresAt: '2027-01-31' });
    const code = await world.issue(account, resourceId, account);
    const sound = await world.issue(account, resourceId, account);
    const nowMs = world.clock.nowMs;
    const renew = async (expiresAt: string) => {
      const { facts } = await world.flows.getResource({ actor: world.operator }, { resourceId });
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await world.flows.putInventory(call, { body: { accounts: [], resources: [{ ...facts, expiresAt }] } });
    };
    // Renewed in time, nothing stopped.
    await renew('2027-03-31');
    expect(await verify(world, code.clear, account)).toEqual([]);
    world.clock.nowMs += 120 * dayMs;
    expect(await verify(world, code.clear, account)).toEqual(['code.remaining_term_too_short']);
    await world.flows.revokeCode(world.call(account), { codeId: sound.id });
    await renew('2029-03-31');
    expect(await verify(world, code.clear, account)).toEqual(after);
    const view = await world.flows.getCode(world.call(account), { codeId: code.id });
    expect(view.state).toBe(after.length === 0 ? 'unused' : 'suspended');
    expect(view.usableUntil === null).toBe(after.length > 0);
    expect(await bindsFor(world, account, { code: code.clear })).toBe(after.length === 0 ? 'bound' : 'refused');
    // One that was issued after the renewal never stopped.
    const later = await world.issue(account, resourceId, account);
    await renew('2029-06-30');
    expect(await verify(world, later.clear, account)).toEqual([]);
    world.clock.nowMs = nowMs;
  });

  test('ownLifetime: a code ends with its own life, whatever the server does', async () => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { ownLifetime: 'P1M' } });
    const code = await world.issue(account, resourceId, account);
    const nowMs = world.clock.nowMs;
    world.clock.nowMs += 30 * dayMs;
    expect(await verify(world, code.clear, account)).toEqual([]);
    world.clock.nowMs += dayMs;
    expect(await verify(world, code.clear, account)).toEqual(['code.lifetime_over']);
    world.useRules(sampleRules({ codes: { ownLifetime: null } }));
    expect(await verify(world, code.clear, account)).toEqual([]);
    world.clock.nowMs = nowMs;
  });

  test.each([
    [true, []],
    [false, ['code.revoked']],
    [null, []],
  ])('reusableAfterAbandon %s: the code of a filing that was given up', async (reusableAfterAbandon, after) => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { reusableAfterAbandon } });
    const code = await world.issue(account, resourceId, account);
    const bound = await world.bind(await world.draft(account), { code: code.clear });
    // Taking another one first is no giving up.
    const { filingId, version } = await world.bind(bound, { resourceId });
    expect(await verify(world, code.clear, account)).toEqual([]);
    const again = await world.bind({ ...bound, filingId, version }, { code: code.clear });
    await world.flows.abandonFiling(world.call(account), { filingId, version: again.version });
    expect(await verify(world, code.clear, account)).toEqual(after);
    // Used up or not, its quota stays spent; that of the direct filing was returned.
    expect([await world.spent(resourceId, 'issue'), await world.spent(resourceId, 'file')]).toEqual([1, 0]);
  });

  test.each([
    [true, 0],
    [false, 1],
    [null, 1],
  ])('returnedOnRevoke %s: places taken after a revocation', async (returnedOnRevoke, taken) => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { returnedOnRevoke } });
    const code = await world.issue(account, resourceId);
    await world.flows.revokeCode(world.call(account), { codeId: code.id });
    expect(await world.spent(resourceId, 'issue')).toBe(taken);
  });

  test('repointable: false keeps a code on its resource', async () => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { repointable: false } });
    const other = await world.server(account, 'xingyun', 'server');
    const code = await world.issue(account, resourceId);
    const repoint = () => world.flows.repointCode(world.call(account), { codeId: code.id, resourceId: other });
    expect(await refusalOf(repoint())).toBe('code.not_repointable');
    world.useRules(sampleRules({ codes: { repointable: null } }));
    expect((await repoint()).resourceId).toBe(other);
  });

  test('batchMaximum and format: how many at once, and how they look', async () => {
    const world = get();
    const { account, resourceId } = await open(world, { codes: { batchMaximum: 2, format: 'uuid' } });
    const issue = (count: number) =>
      world.flows.issueCodes(world.call(account), { resourceId, count, granteeAccountId: null, note: '' });
    expect(await refusalOf(issue(3))).toBe('input.invalid');
    expect(await world.spent(resourceId, 'issue')).toBe(0);
    const { codes } = await issue(2);
    expect(codes.map(({ clear }) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(clear))).toEqual([true, true]);
    world.useRules(sampleRules({ codes: { batchMaximum: null, format: 'check20' } }));
    const three = await issue(3);
    expect(three.codes.every(({ clear }) => /^([A-HJ-NP-Z2-9]{5}-){3}[A-HJ-NP-Z2-9]{5}$/.test(clear))).toBe(true);
  });

  describe('file.ways', () => {
    const pickOf = async (world: RuleWorld, account: string, resourceId: string) =>
      refusalOf(world.bind(await world.draft(account), { resourceId }));

    test('code: a server that files by code only cannot be picked', async () => {
      const world = get();
      const { account, resourceId } = await open(world, { file: { mode: 'fileable', ways: ['code'] } });
      expect(await pickOf(world, account, resourceId)).toBe('resource.not_eligible resource.code_required');
      const code = await world.issue(account, resourceId, account);
      expect(await bindsFor(world, account, { code: code.clear })).toBe('bound');
    });

    test('picksUntilCodes: a server that has issued codes, revoked or not, is no longer picked', async () => {
      const world = get();
      const exclusive = { mode: 'fileable', ways: ['pick', 'code'], picksUntilCodes: true };
      const { account, resourceId } = await open(world, { file: exclusive });
      expect(await bindsFor(world, account, { resourceId })).toBe('bound');
      const code = await world.issue(account, resourceId, account);
      await world.flows.revokeCode(world.call(account), { codeId: code.id });
      expect(await pickOf(world, account, resourceId)).toBe('resource.not_eligible resource.codes_issued');
      const known = await world.server(account, 'xingyun', 'server', { used: { codes: 1, sites: 0 } });
      expect(await pickOf(world, account, known)).toBe('resource.not_eligible resource.codes_issued');
      world.useRules(sampleRules({ file: { ...exclusive, picksUntilCodes: false } }));
      expect(await bindsFor(world, account, { resourceId })).toBe('bound');
    });

    test('not_fileable and closed: neither picked nor issued on', async () => {
      const world = get();
      for (const mode of ['not_fileable', 'closed', 'unstated']) {
        const { account, resourceId } = await open(world, { file: { mode } });
        expect(await bindsFor(world, account, { resourceId })).toBe('refused');
      }
    });
  });

  describe('quotas', () => {
    const shared = (scope: string, limit: number) => [{ of: ['file', 'issue'], scope, limit }];

    test('one shared ledger: a site that is picked burns a code’s place, and the other way round', async () => {
      const world = get();
      const { account, resourceId } = await open(world, { quotas: shared('instance', 2) });
      await world.issue(account, resourceId);
      expect(await bindsFor(world, account, { resourceId })).toBe('bound');
      expect(await refusalOf(world.issue(account, resourceId))).toBe('resource.not_eligible code.limit_reached');
      expect(await bindsFor(world, account, { resourceId })).toBe('refused');
    });

    test('two ledgers: neither way takes the other’s places', async () => {
      const world = get();
      const quotas = [
        { of: ['file'], scope: 'instance', limit: 1 },
        { of: ['issue'], scope: 'instance', limit: 1 },
      ];
      const { account, resourceId } = await open(world, { quotas });
      await world.issue(account, resourceId);
      expect(await bindsFor(world, account, { resourceId })).toBe('bound');
      expect(await bindsFor(world, account, { resourceId })).toBe('refused');
      expect(await refusalOf(world.issue(account, resourceId))).toBe('resource.not_eligible code.limit_reached');
    });

    test.each([
      ['instance', false],
      ['order', false],
      ['ip', true],
      ['package', true],
      ['account', true],
    ])('scope %s: another resource of the account draws on the same places: %s', async (scope, together) => {
      const world = get();
      const environment = { id: world.fresh('env'), filingService: 'fileable' };
      const { account, resourceId } = await open(world, { quotas: shared(scope, 1) }, { environment });
      const other = await world.server(account, 'xingyun', 'server', { environment });
      await world.issue(account, resourceId);
      expect(await bindsFor(world, account, { resourceId })).toBe('refused');
      expect(await bindsFor(world, account, { resourceId: other })).toBe(together ? 'refused' : 'bound');
    });

    test.each([[['file']], [['file', 'issue']]])(
      'scope subject, of %s: counted when a filing takes hold, whatever resource or account',
      async (of) => {
        const world = get();
        const byCode = of.length === 2;
        const quotas = [
          { of: ['file'], scope: 'instance', limit: 9 },
          { of: ['issue'], scope: 'instance', limit: 9 },
          { of, scope: 'subject', limit: 2, returnedOnCancel: true },
        ];
        const { account, resourceId } = await open(world, { quotas });
        const company = 7000 + of.length;
        const second = await world.server(account, 'xingyun', 'server');
        const code = await world.issue(account, resourceId, account);
        // One filing of a subject at a time: each goes its way to the number first.
        const file = async (to: { resourceId: string } | { code: string }) => {
          const draft = await world.draft(account, company);
          const done = await world.bind(draft, to).then(
            (bound) => world.approve(bound),
            (error: unknown) => error,
          );
          if (!(done instanceof Error)) return done;
          await world.flows.abandonFiling(world.call(account), draft);
          return refusalOf(Promise.reject(done));
        };
        const first = await file({ resourceId });
        await file({ resourceId: second });
        expect(await file({ resourceId })).toBe('quota.exhausted');
        const coded = await file({ code: code.clear });
        expect(byCode ? coded : typeof coded).toBe(byCode ? 'quota.exhausted' : 'object');
        expect(await bindsFor(world, account, { resourceId })).toBe('bound');
        const { serviceNumber: number = '' } = first as { serviceNumber?: string };
        await world.message({ kind: 'cancelled', scope: 'service', number, provider: null });
        expect(await file({ resourceId })).toMatchObject({ accountId: account });
        expect(await file({ resourceId })).toBe('quota.exhausted');
      },
    );
  });
});
