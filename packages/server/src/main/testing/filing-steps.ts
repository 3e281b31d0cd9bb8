import type { OperationId } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { outcomeOf } from './operation-tests.ts';
import type { Caller, Customer, OperationWorld } from './operation-world.ts';

/** How far a filing has come. */
export type Stage = 'draft' | 'bound' | 'submitted' | 'passed' | 'sent';
type Ref = Awaited<ReturnType<OperationWorld['draft']>>;

/** A filing of the owner's that has come so far, on a server of its own. */
export async function reach(world: OperationWorld, owner: Customer, stage: Stage): Promise<Ref> {
  const draft = await world.draft(owner.accountId);
  if (stage === 'draft') return draft;
  const bound = await world.bind(draft, { resourceId: await world.eligible(owner) });
  if (stage === 'bound') return bound;
  const submitted = await world.submit(bound);
  if (stage === 'submitted') return submitted;
  const passed = await world.pass(submitted);
  if (stage === 'passed') return passed;
  const dueAt = new Date(world.clock.nowMs + 86_400_000).toISOString();
  await world.message({ kind: 'sms_requested', filingId: passed.filingId, dueAt });
  return { ...passed, version: await versionOf(world, passed.filingId) };
}

/** A filing that is bound to a code of the owner's. */
export async function boundByCode(world: OperationWorld, owner: Customer) {
  const resourceId = await world.eligible(owner);
  const code = await world.issue(owner.accountId, resourceId);
  const filing = await world.bind(await world.draft(owner.accountId), { code: code.clear });
  return { ...filing, resourceId, codeId: code.id };
}

/** A bound filing of each of two customers for one domain; the second one is the rival of the first. */
export async function twoOfOneName(world: OperationWorld, owner: Customer, other: Customer) {
  const draft = await world.draft(owner.accountId);
  const rival = await world.draft(other.accountId, undefined, draft.domainName);
  const bind = async (ref: Ref, { accountId }: Customer) =>
    world.bind(ref, { resourceId: await world.server(accountId, 'xingyun', 'server') });
  return { draft: await bind(draft, owner), rival: await bind(rival, other) };
}

/** The owner contests a domain that the holder's filing holds: one that waits for review, or a draft whose name is proven. */
export async function contestOf(
  world: OperationWorld,
  owner: Customer,
  holder: Customer,
  ...[statement = '该域名由我公司注册并一直使用。', by = 'submitted']: [string?, ('submitted' | 'proven draft')?]
) {
  const { draft, rival } = await twoOfOneName(world, owner, holder);
  const prove = async () => {
    const input = { params: { filingId: rival.filingId }, body: {} };
    return { ...rival, version: (await holder.client.checkNameProof(input)).filing.version };
  };
  const held = by === 'submitted' ? await world.submit(rival) : await prove();
  const params = { filingId: draft.filingId };
  return { contest: await owner.client.contestFiling({ params, body: { statement } }), draft, held };
}

/** The owner contests a certificate that the holder's filing, which waits for review, holds. */
export async function contestOfCertificate(world: OperationWorld, owner: Customer, holder: Customer) {
  const company = world.companySerial();
  const bound = async (by: Customer) =>
    world.bind(await world.draft(by.accountId, company), { resourceId: await world.eligible(by) });
  const held = await world.submit(await bound(holder));
  const draft = await bound(owner);
  const input = { params: { filingId: draft.filingId }, body: { statement: '该营业执照为我公司所有。' } };
  return { contest: await owner.client.contestFiling(input), draft, held };
}

async function versionOf(world: OperationWorld, filingId: string): Promise<number> {
  const { filing } = await world.flows.getFiling({ actor: world.operator }, { filingId });
  return filing.version;
}

/** What a step is given. */
export const stepOf = <More extends object>({ filingId, version }: Ref, more?: More) => ({
  params: { filingId },
  body: { version, ...more } as { version: number } & More,
});

interface StepFacts {
  /** Who takes it; `owner` is the customer whose filing it is. */
  readonly by: 'owner' | 'reviewer' | 'operator';
  readonly from: Stage;
  /** Where it is refused. */
  readonly elsewhere: Stage;
  /** The state after it. */
  readonly to: string;
  /** The event that it leaves, the last one. */
  readonly event: string;
  readonly more?: object;
}

/** What every step of a filing keeps: where it leads, and that it is refused elsewhere, of a stale screen and of no filing. */
export function testStep(
  get: () => OperationWorld,
  id: OperationId,
  { by, from, elsewhere, to, event, more = {} }: StepFacts,
): void {
  type Method = (input: unknown) => Promise<{ readonly state: string; readonly version: number }>;
  const callerOf = (owner: Customer): Caller => (by === 'owner' ? owner : get().people[by]);
  // A step's method takes what stepOf makes and gives the filing.
  const take = (owner: Customer, input: object) => (callerOf(owner).client[id] as Method)(input);

  test(`leads from ${from} to ${to}`, async () => {
    const world = get();
    const owner = await world.customer();
    const filing = await reach(world, owner, from);
    const after = await take(owner, stepOf(filing, more));
    expect(after).toMatchObject({ state: to, version: filing.version + 1 });
    expect(await world.events(filing.filingId)).toContain(event);
    const rows = (await world.audit()).filter(({ objectId }) => objectId === filing.filingId);
    expect(rows.at(-1)?.action).toBe(event);
  });

  test(`is refused when ${elsewhere}, of another version, and of no filing; nothing is written`, async () => {
    const world = get();
    const owner = await world.customer();
    const filing = await reach(world, owner, elsewhere);
    const before = await world.books();
    const outcome = (ref: Ref) => outcomeOf(take(owner, stepOf(ref, more)));
    expect(await outcome(filing)).toBe('filing.wrong_state');
    expect(await outcome({ ...filing, version: filing.version - 1 })).toBe('object.changed');
    expect(await outcome({ ...filing, filingId: 'fil_none' })).toBe('object.not_found');
    expect(await world.books()).toEqual(before);
  });
}
