import { describe, expect, test } from 'vitest';
import type { Actor } from '../flows/index.ts';
import { describeEmbedded, type RuleWorld, refusalOf } from './testing/rule-world.ts';

type StepId =
  | 'submitFiling'
  | 'withdrawFiling'
  | 'abandonFiling'
  | 'passFiling'
  | 'recallFiling'
  | 'lapseFiling'
  | 'returnFiling';
type Stage = 'bound' | 'submitted' | 'passed' | 'sent';

/** Each step: who takes it, from where to where, and in which stage it is refused. */
const steps: readonly (readonly [StepId, 'owner' | 'reviewer' | 'operator', Stage, string, Stage, object])[] = [
  ['submitFiling', 'owner', 'bound', 'awaiting_review', 'submitted', {}],
  ['withdrawFiling', 'owner', 'submitted', 'draft', 'bound', {}],
  ['abandonFiling', 'owner', 'bound', 'abandoned', 'sent', {}],
  ['passFiling', 'reviewer', 'submitted', 'awaiting_forward', 'bound', {}],
  ['recallFiling', 'operator', 'passed', 'returned', 'bound', { comment: '核对' }],
  ['lapseFiling', 'operator', 'bound', 'abandoned', 'passed', { comment: '客户已放弃' }],
  [
    'returnFiling',
    'reviewer',
    'submitted',
    'returned',
    'bound',
    { reasons: [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '' }] },
  ],
];

describeEmbedded('a step of a filing', (get) => {
  const reach = async (world: RuleWorld, stage: Stage) => {
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const bound = await world.bind(await world.draft(account), { resourceId });
    if (stage === 'bound') return bound;
    const submitted = await world.submit(bound);
    if (stage === 'submitted') return submitted;
    const passed = await world.pass(submitted);
    if (stage === 'passed') return passed;
    const dueAt = new Date(world.clock.nowMs + 86_400_000).toISOString();
    await world.message({ kind: 'sms_requested', filingId: passed.filingId, dueAt });
    const { filing } = await world.flows.getFiling({ actor: world.operator }, { filingId: passed.filingId });
    return { ...passed, version: filing.version };
  };
  const actorOf = (world: RuleWorld, who: 'owner' | 'reviewer' | 'operator', accountId: string): Actor =>
    who === 'owner' ? world.call(accountId).actor : world[who];
  const take = (world: RuleWorld, id: StepId, actor: Actor, input: object) =>
    (world.flows[id] as (call: object, input: object) => Promise<{ readonly state: string; readonly version: number }>)(
      { actor, idempotencyKey: world.fresh('key') },
      input,
    );

  describe.each(steps)('%s', (id, who, from, state, elsewhere, more) => {
    test('is taken, once per key', async () => {
      const world = get();
      const { filingId, version, accountId } = await reach(world, from);
      const actor = actorOf(world, who, accountId);
      const call = { actor, idempotencyKey: world.fresh('key') };
      const step = world.flows[id] as (call: object, input: object) => Promise<{ readonly state: string }>;
      const input = { filingId, version, ...more };
      const first = await step(call, input);
      expect(first.state).toBe(state);
      expect(await step(call, input)).toEqual(first);
      expect(await refusalOf(step(call, { ...input, version: version + 1 }))).toBe('idempotency.key_reused');
    });

    test('is refused from another state, at another version, and of a filing that there is not', async () => {
      const world = get();
      const { filingId, version, accountId } = await reach(world, elsewhere);
      const actor = actorOf(world, who, accountId);
      const refused = (input: object) => refusalOf(take(world, id, actor, { filingId, version, ...more, ...input }));
      expect(await refused({})).toBe('filing.wrong_state');
      expect(await refused({ version: version - 1 })).toBe('object.changed');
      expect(await refused({ filingId: 'fil_none' })).toBe('object.not_found');
    });

    test('is not another customer’s to take: the filing is not there for them', async () => {
      const world = get();
      const { filingId, version } = await reach(world, from);
      const stranger = world.call(await world.account()).actor;
      expect(await refusalOf(take(world, id, stranger, { filingId, version, ...more }))).toBe('object.not_found');
    });
  });

  test.each(['passFiling', 'returnFiling'] as const)('%s is not for whoever submitted it', async (id) => {
    const world = get();
    const { filingId, version, accountId } = await reach(world, 'submitted');
    const self: Actor = { ...world.reviewer, userId: world.call(accountId).actor.userId };
    expect(await refusalOf(take(world, id, self, { filingId, version, reasons: [] }))).toBe('review.own_work');
  });

  test.each([
    ['an unknown reason', { field: null, reasonId: 'none', comment: '' }],
    ['an unknown field', { field: 'service.colour', reasonId: 'other', comment: 'x' }],
    ['“other” without a comment', { field: null, reasonId: 'other', comment: ' ' }],
  ])('returnFiling refuses %s', async (_name, reason) => {
    const world = get();
    const { filingId, version } = await reach(world, 'submitted');
    const input = { filingId, version, reasons: [reason] };
    expect(await refusalOf(take(world, 'returnFiling', world.reviewer, input))).toBe('input.invalid');
  });

  test('submitFiling asks for a whole form and for a resource', async () => {
    const world = get();
    const account = await world.account();
    const draft = await world.draft(account);
    expect(await refusalOf(world.submit(draft))).toBe('filing.resource_missing');
    const cleared = await world.flows.saveFilingForm(world.call(account), {
      filingId: draft.filingId,
      version: draft.version,
      values: { 'service.name': '' },
    });
    const { version } = cleared.filing;
    expect(await refusalOf(world.submit({ ...draft, version }))).toBe('filing.form_incomplete');
  });
});
