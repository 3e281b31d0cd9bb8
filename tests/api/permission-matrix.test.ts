import type { Operation, OperationId } from '@openbeian/contract';
import { apiScopes, operations, roles } from '@openbeian/contract';
import { createOpenApiDocument } from '@openbeian/contract/openapi';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FlowTable } from '../../packages/server/src/flows/index.ts';
import {
  type Caller,
  type Cell,
  declared,
  lesserRights,
  type MatrixWorld,
  openMatrixWorld,
  operationsOf,
  refusalsBy,
} from './permission-matrix.ts';

/**
 * Who may call what: every operation of the OpenAPI document, by every role, nobody, a gate, and an API key of each scope, on
 * an object of one's own and on another customer's, against a server that listens. What is expected is what the contract
 * declared when this file was loaded; the tests below plant holes after that.
 */
let world: MatrixWorld;
beforeAll(async () => {
  world = await openMatrixWorld();
}, 60_000);
afterAll(() => world?.close());

const show = ({ id, caller, object, expected, got }: Cell & { readonly got: string }): string =>
  `${id} by ${caller} on ${object}: expected ${expected}, got ${got}`;

test('the document tells the roles and scopes that the contract declares', () => {
  const document = createOpenApiDocument();
  for (const { id, description } of operationsOf(document)) {
    const { roles: may, scope } = declared[id];
    if (typeof may !== 'string') expect(description).toContain(`Roles: ${may.join(', ')}`);
    expect([id, /scope of an API key: `([\w:]+)`/.exec(description)?.[1]]).toEqual([id, scope]);
  }
  expect(
    operationsOf(document)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(Object.keys(operations).sort());
});

/** Said by hand: what only owners of an account do, and what a viewer changes, which is about themselves alone. */
test('rights in an account: owners’ operations and viewers’ commands are these', () => {
  const ids = Object.keys(operations) as OperationId[];
  const ofCustomers = ids.filter((id) => {
    const may = declared[id].roles;
    return typeof may !== 'string' && may.includes('customer');
  });
  expect(ofCustomers.filter((id) => declared[id].right === 'owner').sort()).toEqual([
    'beginMove',
    'changeMemberRight',
    'confirmMove',
    'createApiKey',
    'createMemberLink',
    'createWebhook',
    'deleteWebhook',
    'endMove',
    'inviteMember',
    'putNoticeMail',
    'redeliver',
    'removeMember',
    'revokeApiKey',
    'rotateApiKey',
    'rotateWebhookSecret',
    'sendTestEvent',
    'updateWebhook',
  ]);
  const commands = ofCustomers.filter((id) => operations[id].command);
  expect(commands.filter((id) => declared[id].right === 'viewer').sort()).toEqual([
    'addPasskey',
    'changeOwnPassword',
    'confirmTotp',
    'endOtherSessions',
    'endOwnSession',
    'endOwnTour',
    'putNoticeChoice',
    'putOwnMail',
    'removePasskey',
    'removeTotp',
    'renewRecoveryCodes',
  ]);
});

test('a planted hole is caught: an operation that asks for a lesser right', () =>
  withContract('createApiKey', { right: 'filer' }, async () => {
    const { wrong } = await world.walk({ only: ['createApiKey'] });
    expect([...new Set(wrong.map(({ caller }) => caller))]).toEqual(['filer']);
  }));

/** Operations by the collection that they are about. */
const byTag = Map.groupBy(operationsOf(createOpenApiDocument()), ({ path }) => path.split('/')[3] ?? '');

test.each([...byTag.keys()])('every cell of operation × caller × object is as declared: %s', async (tag) => {
  const only = (byTag.get(tag) ?? []).map(({ id }) => id);
  const { wrong, cells } = await world.walk({ only });
  expect(wrong.map(show)).toEqual([]);
  // Four roles, the lesser rights in an account, nobody, a gate, the portal, and a key of each scope; on one's own object and on another's.
  expect(cells).toBe(only.length * (roles.length + lesserRights.length + 3 + apiScopes.length) * 2);
});

/** Puts something else into the contract's own object, which the running server reads, and takes it back. */
async function withContract(id: OperationId, hole: Partial<Operation>, work: () => Promise<void>): Promise<void> {
  const operation: Operation = operations[id];
  const before = { ...operation };
  Object.assign(operation, hole);
  try {
    await work();
  } finally {
    Object.assign(operation, before);
  }
}

test('a planted hole is caught: an operation that no longer asks for the role', () =>
  withContract('putInventory', { roles }, async () => {
    const { wrong } = await world.walk({ only: ['putInventory'] });
    expect([...new Set(wrong.map(({ caller }) => caller))].sort()).toEqual([
      'auditor',
      'customer',
      'filer',
      'reviewer',
      'viewer',
    ]);
    expect(new Set(wrong.map(({ expected }) => expected))).toEqual(new Set(['auth.forbidden']));
  }));

test('a planted hole is caught: an operation that is open to a key of another scope', () =>
  withContract('revealCode', { scope: 'codes:read' }, async () => {
    const { wrong } = await world.walk({ only: ['revealCode'] });
    // The key that must not is let in, and the one that may is not.
    expect([...new Set(wrong.map(({ caller }) => caller))].sort()).toEqual([
      'key of codes:read',
      'key of codes:reveal',
    ]);
  }));

test('a planted hole is caught: an operation that needs no sign-in', () =>
  withContract('listAudit', { roles: 'public' }, async () => {
    const { wrong } = await world.walk({ only: ['listAudit'] });
    expect(wrong.map(({ caller }) => caller)).toEqual(expect.arrayContaining(['nobody', 'customer', 'gate']));
  }));

test.each([
  { id: 'getResource', thing: 'resource' },
  { id: 'getCode', thing: 'code' },
  { id: 'getFilingForm', thing: 'filing' },
  { id: 'rotateApiKey', thing: 'API key' },
  { id: 'listDeliveries', thing: 'webhook' },
] as const)('a planted hole is caught: $id gives any $thing to any customer', async ({ id }) => {
  // A copy of the flow that forgets whose the object is: it works as an operator whatever customer asks.
  const holed = (flows: FlowTable): FlowTable => {
    type Flow = (call: { readonly actor: object }, input: unknown) => Promise<unknown>;
    // Every flow takes a call with an actor first.
    const flow = flows[id] as unknown as Flow;
    const careless: Flow = (call, input) =>
      flow({ ...call, actor: { userId: 'usr_careless', role: 'operator', accountId: null } }, input);
    return { ...flows, [id]: careless };
  };
  const { wrong } = await world.walk({ only: [id], holed });
  const leaks = wrong.filter(({ object }) => object === 'another’s');
  expect(leaks.length).toBeGreaterThan(0);
  const customers = leaks.map(({ caller }) => caller).filter((caller) => refusalsBy(caller));
  expect(customers).toContain('customer' satisfies Caller);
});
