import {
  type ApiScope,
  apiScopes,
  includesRight,
  type MemberRight,
  type Operation,
  type OperationId,
  operations,
  type Role,
  rightNeeded,
  roles,
} from '@openbeian/contract';
import { createOpenApiDocument, type OpenApiDocument } from '@openbeian/contract/openapi';
import { createUser } from '../../packages/server/src/auth/users.ts';
import type { FlowTable } from '../../packages/server/src/flows/index.ts';
import { createLogger } from '../../packages/server/src/http/log.ts';
import { type Deployment, openDeployment } from '../../packages/server/src/main/deployment.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import { type Objects, objectsOf } from './matrix-objects.ts';
import { password, whoSignsIn } from './matrix-people.ts';
import { foreignAnswers, requestsOf, staffAnswers } from './matrix-requests.ts';
import { tokens, unlimitedConfig } from './test-config.ts';

/** People of one account: a `customer` is its owner. */
export const lesserRights = ['filer', 'viewer'] as const satisfies readonly MemberRight[];

export type Caller = Role | (typeof lesserRights)[number] | 'nobody' | 'gate' | 'portal' | `key of ${ApiScope}`;

/** One question of the matrix. */
export interface Cell {
  readonly id: OperationId;
  readonly caller: Caller;
  readonly object: 'their own' | 'another’s';
  /** A fault's code, or that the caller gets through to what the operation does. */
  readonly expected: string;
}

/** What the contract says of each operation, copied once: tests that plant holes change the contract's own objects. */
export const declared = Object.fromEntries(
  Object.entries(operations).map(([id, one]: [string, Operation]) => [
    id,
    { roles: one.roles, scope: one.scope, right: rightNeeded(one) },
  ]),
) as Readonly<Record<OperationId, Pick<Operation, 'roles' | 'scope'> & { readonly right: MemberRight }>>;

const callers: readonly Caller[] = [
  ...roles,
  ...lesserRights,
  'nobody',
  'gate',
  'portal',
  ...apiScopes.map((scope) => `key of ${scope}` as const),
];
/** Does the caller act for one customer, so that others' objects are not there for it? */
export const refusalsBy = (caller: Caller): boolean =>
  caller === 'customer' || isLesser(caller) || caller.startsWith('key of ');

const isLesser = (caller: Caller): caller is (typeof lesserRights)[number] =>
  lesserRights.some((right) => right === caller);

/** Answered by the sign-in's own routes, which look at the cookie alone. */
const bySession: readonly OperationId[] = ['getSession', 'signOut'];

function expectedOf(id: OperationId, caller: Caller, object: Cell['object']): string {
  const { roles: may, scope, right } = declared[id];
  if (may === 'public') return 'let through';
  if (may === 'gate' || may === 'portal') return caller === may ? 'let through' : 'auth.required';
  if (caller === 'nobody') return 'auth.required';
  if (caller === 'gate' || caller === 'portal' || caller.startsWith('key of ')) {
    if (bySession.includes(id)) return 'auth.required';
    if (caller === 'gate' || caller === 'portal') return 'auth.key_refused';
    if (scope === undefined || caller !== `key of ${scope}`) return 'auth.scope_missing';
  } else if (!may.some((role) => role === (isLesser(caller) ? 'customer' : caller))) return 'auth.forbidden';
  else if (isLesser(caller) && !includesRight(caller, right)) return 'auth.right_missing';
  if (!refusalsBy(caller)) return staffAnswers[id] ?? 'let through';
  if (object === 'their own') return 'let through';
  return foreignAnswers[id] ?? (namesObject(id) ? 'object.not_found' : 'let through');
}

interface DocumentedOperation {
  readonly id: OperationId;
  readonly method: string;
  readonly path: string;
  readonly description: string;
}

/**
 * Every operation that the document names, but the document itself. Messages to hooks are no operations: their signature
 * lets them in, whoever sends them (flows/verification/take-result.test.ts).
 */
export function operationsOf(document: OpenApiDocument): DocumentedOperation[] {
  return Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, { operationId: string; description?: string }>).flatMap(
      ([method, { operationId, description = '' }]) =>
        operationId === 'getOpenApi' || path.startsWith('/hooks/')
          ? []
          : [{ id: operationId as OperationId, method: method.toUpperCase(), path, description }],
    ),
  );
}

export interface MatrixWorld {
  /** Asks every cell, or those of some operations, of this server or of a copy whose flows have a hole. */
  walk(some?: {
    readonly only?: readonly OperationId[];
    readonly holed?: (flows: FlowTable) => FlowTable;
  }): Promise<{ readonly cells: number; readonly wrong: readonly (Cell & { readonly got: string })[] }>;
  close(): Promise<void>;
}

/** In everything of the other customer's that is not an id: no answer to the first one may have it. */
const mark = 'belongs-to-the-other';
const ownMark = 'belongs-to-the-caller';

export async function openMatrixWorld(): Promise<MatrixWorld> {
  const config = unlimitedConfig({ signIns: 'usual' });
  const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
  const now = () => new Date(clock.nowMs).toISOString();
  const deployment = await openDeployment(config, { clock: { now }, inMemory: true, logger: createLogger('silent') });
  const rule = worldOf(deployment, clock);
  const server = await listen({ ...deployment, flows: rule.flows }, null);
  const [own, other] = [await rule.account(), await rule.account()];
  await makePeople(deployment, own);
  const bearers = new Map<Caller, string>([
    ['gate', tokens.gate],
    ['portal', tokens.portal],
  ]);
  for (const scope of apiScopes) {
    const key = { name: scope, scopes: [scope], lifetimeDays: null };
    bearers.set(`key of ${scope}`, (await rule.flows.createApiKey(rule.call(own), key)).secret ?? '');
  }
  const cookies = new Map<Caller, string>();
  for (const who of [...roles, ...lesserRights]) cookies.set(who, await signIn(server.url, who));
  const foreign = await objectsOf(rule, other, { word: mark, keepsKey: true });
  return {
    async walk({ only, holed } = {}) {
      const answering = holed === undefined ? server : await listen({ ...deployment, flows: holed(rule.flows) }, null);
      const { url } = answering;
      const wrong: (Cell & { readonly got: string })[] = [];
      let cells = 0;
      const shared = await objectsOf(rule, own, { word: ownMark, keepsKey: true });
      for (const operation of operationsOf(createOpenApiDocument())) {
        const { id } = operation;
        if (only !== undefined && !only.includes(id)) continue;
        for (const object of ['another’s', 'their own'] as const) {
          for (const caller of callers) {
            const expected = expectedOf(id, caller, object);
            // Whoever gets through may change it: then it is nobody else's question any more.
            const changes = operations[id].command && operation.path.includes('{') && expected === 'let through';
            const isOwn = object === 'their own';
            const once = () => objectsOf(rule, isOwn ? own : other, { word: isOwn ? ownMark : mark, keepsKey: false });
            const objects = changes ? await once() : isOwn ? shared : foreign;
            const credentials = { cookie: cookies.get(caller), bearer: bearers.get(caller) };
            if (id === 'signOut' && cookies.has(caller)) credentials.cookie = await signIn(url, caller);
            cells += 1;
            const got = await ask(url, operation, objects, credentials);
            const isForeign = object === 'another’s' && refusalsBy(caller);
            const cell = { id, caller, object, expected };
            if (got.text.includes(mark) && isForeign) wrong.push({ ...cell, got: 'what is the other customer’s' });
            else if (!isAsExpected(cell, got.code)) wrong.push({ ...cell, got: got.code });
          }
        }
      }
      if (answering !== server) await answering.close();
      // An account has fifty at most, and each walk makes one.
      await rule.flows.revokeApiKey(rule.call(own), { keyId: shared.keyId });
      return { cells, wrong };
    },
    async close() {
      await server.close();
      await deployment.close();
    },
  };
}

/** One of each role, and of each right in the account. */
async function makePeople(deployment: Deployment, own: string): Promise<void> {
  for (const role of roles) {
    const accountId = role === 'customer' ? own : null;
    await createUser(await deployment.library(), { login: role, displayName: role, role, accountId, password });
  }
  for (const right of lesserRights) {
    const login = { login: right, displayName: right, role: 'customer' as const, accountId: own, password };
    await createUser(await deployment.library(), login);
    await deployment.deps.store.transaction(async (tx) => {
      const found = await tx.people.findByLogin(right, deployment.deps.clock.now());
      if (found !== null) await tx.people.update(found.id, { right }, deployment.deps.clock.now());
    });
  }
  const newcomer = { login: whoSignsIn, displayName: whoSignsIn, role: 'auditor' as const, accountId: null, password };
  await createUser(await deployment.library(), newcomer);
}

/** Who gets one of these has not come to what the operation does; the last two are faults of this test or the server. */
const refusedAtTheDoor = [
  'auth.required',
  'auth.forbidden',
  'auth.right_missing',
  'auth.scope_missing',
  'auth.key_refused',
  'auth.second_factor_due',
  'input.invalid',
  'internal',
];

/** Is it about an object of a customer's, by its path? */
const namesObject = (id: OperationId): boolean =>
  /\{(resourceId|codeId|filingId|webhookId|deliveryId|keyId)\}/.test(operations[id].path);

/** `let through`: done, or refused by the operation itself; but one's own object is there. */
function isAsExpected({ id, caller, object, expected }: Cell, got: string): boolean {
  if (expected !== 'let through') return got === expected;
  if (refusedAtTheDoor.includes(got)) return false;
  const isTheirs = object === 'their own' && refusalsBy(caller) && namesObject(id);
  return !isTheirs || got !== 'object.not_found';
}

async function signIn(url: string, login: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function ask(
  url: string,
  { id, method, path }: DocumentedOperation,
  objects: Objects,
  { cookie, bearer }: { readonly cookie: string | undefined; readonly bearer: string | undefined },
): Promise<{ readonly code: string; readonly text: string }> {
  const { params, query = {}, body = {} } = requestsOf(id, objects);
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String({ ...objects, ...params }[name])),
  );
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const answer = await fetch(`${url}${filled}?${search}`, {
    method,
    headers: {
      'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
      'idempotency-key': crypto.randomUUID(),
      ...(cookie !== undefined && { cookie }),
      ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    },
    ...((method === 'POST' || method === 'PUT') && {
      body: body instanceof Uint8Array ? Buffer.from(body) : JSON.stringify(body),
    }),
  });
  const text = await answer.text();
  return { code: answer.ok ? 'done' : String(JSON.parse(text).code), text };
}
