import { allOperations, apiScopes, type Operation } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../flows/command/call.ts';
import type { HttpNeeds } from './needs.ts';
import { visitor } from './wire.ts';

/** What no command asks for; a scope of another release is none of them. */
const readingScopes: ReadonlySet<string> = (() => {
  const changing = new Set(allOperations.flatMap(({ command, scope }) => (command && scope ? [scope] : [])));
  return new Set(apiScopes.filter((scope) => !changing.has(scope)));
})();

/** `obk.<key id>.<secret>` */
const keyForm = /^Bearer +obk\.([\w-]{1,120})\.([\w-]{1,200})$/;

/**
 * Who sent an API key; null when the request brings no `Authorization` at all, which leaves the session. A request
 * that brings one never falls back to a cookie.
 * @param charged is told whose key it is before anything else is done for it
 * @throws Fault `auth.key_refused`, `auth.scope_missing`, and what `charged` throws
 */
export async function findKeyHolder(
  request: FastifyRequest,
  operation: Operation,
  needs: HttpNeeds,
  charged: (keyId: string) => Promise<void>,
): Promise<Actor | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) return null;
  const [, keyId, secret] = keyForm.exec(authorization) ?? [];
  if (keyId === undefined || secret === undefined) throw new Fault('auth.key_refused');
  const found = await needs.flows.findApiKey({ actor: visitor }, { keyId, secret });
  if (found === null) throw new Fault('auth.key_refused');
  request.userId = found.actor.userId;
  const caller: Actor = { ...found.actor, source: { address: request.ip, sessionId: null } };
  request.caller = caller;
  request.changesNothing = found.scopes.every((scope) => readingScopes.has(scope));
  await charged(keyId);
  const { scope, roles } = operation;
  if (scope === undefined || !found.scopes.includes(scope)) {
    const missing = scope ?? '—';
    throw new Fault('auth.scope_missing', {
      detail: { zh: `所需权限：${missing}`, en: `Scope needed: ${missing}.` },
    });
  }
  if (!(roles as readonly string[]).includes(caller.role)) throw new Fault('auth.forbidden');
  return caller;
}
