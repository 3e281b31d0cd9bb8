import {
  type ApiScope,
  apiScopes,
  type Operation,
  type OperationId,
  type Operations,
  operations,
  type Role,
  roles,
} from '@openbeian/contract';
import { type Client, type Input, ProblemError } from '@openbeian/contract/client';
import { faultsOf } from '@openbeian/contract/openapi';
import type { AuditAction } from '@openbeian/model/audit';
import { type FaultCode, isFault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Caller, type Customer, type OperationWorld, openOperations } from './operation-world.ts';
import { customerPerson, person } from './persons.ts';

/** What holds of every operation, said by hand for one: the contract is held to it, and so is the running server. */
export interface OperationFacts<Id extends OperationId> {
  readonly may: readonly Role[] | 'public' | 'gate' | 'portal';
  /** What an API key needs; without one, no key may call. */
  readonly scope?: ApiScope;
  /** What one successful call is given. `owner` has what it is about; made again each time. */
  readonly sample: (
    world: OperationWorld,
    owner: Customer,
    role: Anybody,
  ) => Promise<Input<Operations[Id]>> | Input<Operations[Id]>;
  /** The audit rows of one call, or that nothing at all is written. */
  readonly leaves: readonly AuditAction[] | 'nothing';
  /** What another customer is told who sends the same. Left out where nothing of a customer's is named. */
  readonly foreign?: FaultCode;
  /**
   * What a command gives under the same idempotency key: the same answer unless said otherwise. `without`: that member is
   * null then; `done again`: it is done, and leaves its audit row, each time.
   */
  readonly repeated?: { readonly without: string } | 'done again';
  /** Everybody who calls it is a person with a session that has just begun: it is about their own sign-in. */
  readonly byPeople?: true;
}

type Method = (input: unknown, options?: { readonly idempotencyKey: string }) => Promise<unknown>;
type Anybody = Role | 'visitor' | 'gate' | 'portal';
const everyRole = [...roles, 'visitor', 'gate', 'portal'] as const satisfies readonly Anybody[];
type Get = () => OperationWorld;

/**
 * Tests of one operation over HTTP: those that every operation has, `tests` of its own, and at last that each fault which
 * it declares was given to somebody in this file.
 */
export function describeOperation<Id extends OperationId>(
  id: Id,
  facts: OperationFacts<Id>,
  tests: (get: Get) => void = () => {},
): void {
  const operation: Operation = operations[id];
  describe(`the operation ${id}`, () => {
    let world: OperationWorld;
    beforeAll(async () => {
      world = await openOperations();
      world.provoked.delete(id);
    });
    beforeEach(() => world.reset());
    const get = () => world;
    const every = everyTest(id, facts, get);
    test('the contract names the same roles and scope', () => every.sameAsContract());
    test('is done for everybody who may', () => every.allowed());
    test('is refused to everybody else; nothing is written', () => every.refused());
    test(`leaves ${facts.leaves === 'nothing' ? 'nothing' : facts.leaves.join(', ')}`, () => every.leaves());
    test.each(operation.command ? ['idempotency key'] : [])('under the same %s', () => every.repeated());
    tests(get);
    test('every declared fault was given once, and no other', () => {
      const given = [...(world.provoked.get(id) ?? [])];
      expect(operation.faults.filter((code) => !given.includes(code))).toEqual([]);
      expect(given.filter((code) => !faultsOf(operation).includes(code))).toEqual([]);
    });
  });
}

/** The code of the fault that `work` ends with; `done` where it ends well. */
export async function outcomeOf(work: Promise<unknown>): Promise<FaultCode | 'done'> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof ProblemError || isFault(error)) return error.code;
    throw error;
  }
}

/** The reasons' codes of the fault that `work` ends with, behind the fault's. */
export async function refusal(work: Promise<unknown>): Promise<readonly string[]> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw error ?? new Error('nothing was refused');
  // The contract leaves their shape open; reasons have a code.
  const reasons = (error.problem.reasons ?? []) as readonly { readonly code: string }[];
  return [error.code, ...reasons.map(({ code }) => code)];
}

function everyTest<Id extends OperationId>(id: Id, facts: OperationFacts<Id>, get: Get) {
  const operation: Operation = operations[id];
  // The method of this operation, which takes what `sample` makes.
  const call = ({ client }: { readonly client: Client }) => client[id] as Method;
  const isAllowed = (role: Anybody) =>
    facts.may === 'public' ||
    (typeof facts.may === 'string' ? role === facts.may : facts.may.some((one) => one === role));
  const ownerOf = () => (facts.byPeople ? customerPerson(get()) : get().customer());
  const callerOf = async (role: Anybody, owner: Customer): Promise<Caller> => {
    if (role === 'customer') return owner;
    const isStaff = role === 'reviewer' || role === 'operator' || role === 'auditor';
    return facts.byPeople && isStaff ? person(get(), role) : get().people[role];
  };
  const prepared = async () => {
    const role = everyRole.find(isAllowed) ?? 'visitor';
    const owner = await ownerOf();
    const input = await facts.sample(get(), owner, role);
    return { role, owner, input, caller: await callerOf(role, owner) };
  };
  const refusalOf = (role: Anybody): FaultCode => {
    if (typeof facts.may === 'string' || role === 'visitor') return 'auth.required';
    return role === 'gate' || role === 'portal' ? 'auth.key_refused' : 'auth.forbidden';
  };

  return {
    sameAsContract() {
      expect({ may: operation.roles, scope: operation.scope }).toEqual({ may: facts.may, scope: facts.scope });
    },
    async allowed() {
      for (const role of everyRole.filter(isAllowed)) {
        const owner = await ownerOf();
        const input = await facts.sample(get(), owner, role);
        expect([role, await outcomeOf(call(await callerOf(role, owner))(input))]).toEqual([role, 'done']);
      }
      if (facts.scope === undefined) return;
      const owner = await get().customer();
      const input = await facts.sample(get(), owner, 'customer');
      const program = await get().program(owner, [facts.scope]);
      expect(await outcomeOf(call(program)(input))).toBe('done');
    },
    async refused() {
      const owner = await ownerOf();
      const input = await facts.sample(get(), owner, 'customer');
      const others = apiScopes.filter((scope) => scope !== facts.scope);
      const program = await get().program(owner, others);
      const stranger = await ownerOf();
      const callers: (readonly [Anybody, Caller])[] = [];
      for (const role of everyRole.filter((one) => !isAllowed(one))) callers.push([role, await callerOf(role, owner)]);
      const before = await get().books();
      const outcome = (caller: Caller) => outcomeOf(call(caller)(input));
      for (const [role, caller] of callers) {
        expect([role, await outcome(caller)]).toEqual([role, refusalOf(role)]);
      }
      const isForPeople = typeof facts.may !== 'string';
      if (isForPeople) expect(await outcome(program)).toBe('auth.scope_missing');
      if (facts.foreign !== undefined) expect(await outcome(stranger)).toBe(facts.foreign);
      expect(await get().books()).toEqual(before);
    },
    async leaves() {
      const { caller, input } = await prepared();
      const known = new Set((await get().audit()).map((row) => row.id));
      const before = await get().books();
      await call(caller)(input);
      if (facts.leaves === 'nothing') {
        expect(await get().books()).toEqual(before);
        return;
      }
      const rows = (await get().audit()).filter((row) => !known.has(row.id));
      expect(rows.map(({ action }) => action).sort()).toEqual([...facts.leaves].sort());
      const { userId: actorId, role: actorRole } = caller.actor;
      for (const row of rows) expect(row).toMatchObject({ actorId, actorRole });
    },
    async repeated() {
      const { caller, owner, role, input } = await prepared();
      const key = { idempotencyKey: get().fresh('key') };
      const first = await call(caller)(input, key);
      const before = await get().books();
      const second = await call(caller)(input, key);
      if (facts.repeated === 'done again') {
        expect(second).toEqual(first);
        expect((await get().books()).audit).not.toBe(before.audit);
        return;
      }
      const without = facts.repeated === undefined ? {} : { [facts.repeated.without]: null };
      expect(second).toEqual({ ...(first as object), ...without });
      expect(await get().books()).toEqual(before);
      const another = await facts.sample(get(), owner, role);
      // What takes nothing cannot be sent differently.
      if (JSON.stringify(another) === JSON.stringify(input)) return;
      expect(await outcomeOf(call(caller)(another, key))).toBe('idempotency.key_reused');
    },
  };
}
