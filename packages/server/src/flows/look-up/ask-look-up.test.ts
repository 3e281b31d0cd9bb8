import { beforeEach, expect, test } from 'vitest';
import { outside, submitted, validHours } from '../../main/testing/outside.ts';
import { depsWith } from '../../main/testing/poison.ts';
import { describeOnBoth, failTest, type RuleWorld } from '../../main/testing/rule-world.ts';
import type { LookUp } from '../../ports/index.ts';
import { askLookUp, leaseLookUps } from './ask-look-up.ts';

const hourMs = 3_600_000;

/** Asks what is to be asked now. @returns how many questions that were */
async function work(world: RuleWorld, deps = world.deps): Promise<number> {
  const owner = world.fresh('worker');
  const due = await leaseLookUps(deps, owner, 16);
  await Promise.all(due.map((wanted) => askLookUp(deps, wanted, owner, failTest)));
  return due.length;
}

/** What earlier tests left to ask is not asked any more. */
const forget = (world: RuleWorld) => world.run('UPDATE look_up SET wanted_at = NULL');

const reviewOf = (world: RuleWorld, filingId: string) => world.flows.getReview({ actor: world.reviewer }, { filingId });
const registrationOf = async (world: RuleWorld, filingId: string) =>
  (await reviewOf(world, filingId)).lookUps.find(({ name }) => name === 'registration');
const formOf = (world: RuleWorld, filingId: string, actor = world.reviewer) =>
  world.flows.getFilingForm({ actor }, { filingId });

await describeOnBoth('look-ups by background work', (get) => {
  beforeEach(() => forget(get()));

  test('a submitted filing is asked about once; its reviewer sees what was said, when, and by whom', async () => {
    const world = get();
    const asked = outside(world);
    const filing = await submitted(world);
    expect(await registrationOf(world, filing.filingId)).toMatchObject({ state: 'not_asked', isAsked: true });
    const before = await formOf(world, filing.filingId);
    const open = before.checkList?.filter(({ lookUp }) => lookUp === 'registration').map(({ rule }) => rule) ?? [];
    expect(open.length).toBeGreaterThan(0);
    expect(await work(world)).toBe(1);
    expect(await work(world)).toBe(0);
    expect(asked).toEqual([filing.domainName]);
    const at = new Date(world.clock.nowMs).toISOString();
    expect(await registrationOf(world, filing.filingId)).toEqual({
      name: 'registration',
      isAsked: true,
      state: 'answered',
      askedAt: at,
      source: 'test',
      said: { zh: '持有者与主办者不一致', en: 'the registrant differs' },
      goodUntil: new Date(world.clock.nowMs + 24 * hourMs).toISOString(),
      isUsed: true,
      nextAt: null,
    });
    // The check uses it: what it answers is no question for people any more, and what speaks against the filing is found.
    const after = await formOf(world, filing.filingId);
    const left = after.checkList?.filter(({ rule }) => open.includes(rule)) ?? [];
    expect(left.length).toBeLessThan(open.length);
    expect(after.findings.length).toBeGreaterThan(before.findings.length);
    // Until it is too old.
    world.clock.nowMs += 24 * hourMs;
    expect(await registrationOf(world, filing.filingId)).toMatchObject({ state: 'answered', isUsed: false });
    expect((await formOf(world, filing.filingId)).findings).toEqual(before.findings);
  });

  test('it keeps no customer from submitting again, is not asked for twice, and of another form it says nothing', async () => {
    const world = get();
    const asked = outside(world, () => ({ facts: { 'domain.isRegistered': false } }));
    const filing = await submitted(world);
    await work(world);
    const { actor } = world.call(filing.accountId);
    const key = () => ({ ...world.call(filing.accountId) });
    const back = await world.flows.withdrawFiling(key(), filing);
    const shown = await formOf(world, filing.filingId, actor);
    expect(shown.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(shown.findings.length).toBeGreaterThan(0);
    const again = await world.submit({ ...filing, version: back.version });
    expect(await work(world)).toBe(0);
    expect(asked).toHaveLength(1);
    const open = await world.flows.withdrawFiling(key(), again);
    const values = { 'service.access.ipRanges': [{ first: '8.8.8.8', last: '8.8.8.8' }] };
    const saved = await world.flows.saveFilingForm(key(), { ...filing, version: open.version, values });
    await world.submit({ ...filing, version: saved.filing.version });
    expect(await registrationOf(world, filing.filingId)).toMatchObject({ state: 'answered', isUsed: false });
    await work(world);
    expect(asked).toHaveLength(2);
  });

  test('it opens no field of a filing that came back, which saving would refuse', async () => {
    const world = get();
    outside(world, () => ({ facts: { 'domain.isRegistered': false } }));
    const filing = await submitted(world);
    await work(world);
    const call = { actor: world.reviewer, idempotencyKey: world.fresh('key') };
    const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '' }];
    await world.flows.returnFiling(call, { ...filing, reasons });
    const { refused, findings } = await formOf(world, filing.filingId, world.call(filing.accountId).actor);
    expect(findings.map(({ field }) => field)).toContain('service.homeUrl');
    expect(refused).toEqual(['service.name']);
  });

  test('who gives no answer is asked again a few times, later and later; then it is for the reviewer', async () => {
    const world = get();
    const asked = outside(world, () => ({ state: 'failed', facts: {} }));
    const { filingId } = await submitted(world);
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      await work(world);
      const { nextAt, state } = (await registrationOf(world, filingId)) ?? {};
      expect(state).toBe('failed');
      waits.push(nextAt == null ? -1 : Date.parse(nextAt) - world.clock.nowMs);
      world.clock.nowMs += hourMs;
    }
    expect(asked).toHaveLength(3);
    expect(waits).toEqual([5_000, 10_000, -1, -1, -1, -1]);
    const call = { actor: world.reviewer, idempotencyKey: world.fresh('key') };
    await world.flows.refreshLookUps(call, { filingId });
    await work(world);
    expect(asked).toHaveLength(4);
  });

  test('of several workers one asks; what a killed one had is asked by another, and its late answer counts for nothing', async () => {
    const world = get();
    let answer = (_value: unknown): void => {};
    const held = new Promise((resolve) => {
      answer = resolve;
    });
    outside(world);
    const { filingId } = await submitted(world);
    const slow: LookUp = {
      name: 'registration',
      ask: async () => {
        await held;
        return {
          name: 'registration',
          state: 'failed',
          askedAt: '2026-11-21T00:00:00Z',
          source: 'late',
          facts: {},
          said: { zh: '', en: '' },
        };
      },
    };
    const late = work(world, depsWith(world, { lookUps: { ports: [slow], attempts: 3, validHours } }));
    // It has the lease once nobody else finds anything to ask.
    while ((await leased(world, filingId)) === null) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await work(world)).toBe(0);
    world.clock.nowMs += hourMs;
    expect(await work(world)).toBe(1);
    answer(null);
    await late;
    expect(await registrationOf(world, filingId)).toMatchObject({ state: 'answered', source: 'test' });
  });

  test('what is not under review any more is not asked about', async () => {
    const world = get();
    const asked = outside(world);
    const filing = await submitted(world);
    await world.flows.withdrawFiling(world.call(filing.accountId), filing);
    await work(world);
    expect(asked).toEqual([]);
    expect(await work(world)).toBe(0);
  });

  test('where nobody is asked nothing is written, and the list says that people have to look', async () => {
    const world = get();
    Object.assign(world.deps, { lookUps: { ports: [], attempts: 3, validHours } });
    const { filingId } = await submitted(world);
    expect(await world.run(`SELECT * FROM look_up WHERE filing_id = '${filingId}'`)).toEqual([]);
    expect(await work(world)).toBe(0);
    const { lookUps } = await reviewOf(world, filingId);
    expect(lookUps.map(({ state, isAsked }) => [state, isAsked])).toEqual([1, 2, 3].map(() => ['not_asked', false]));
  });
});

const leased = async (world: RuleWorld, filingId: string) => {
  const rows = await world.run(`SELECT lease_owner FROM look_up WHERE filing_id = '${filingId}'`);
  return (rows[0] as { readonly lease_owner: string | null }).lease_owner; // the query above
};
