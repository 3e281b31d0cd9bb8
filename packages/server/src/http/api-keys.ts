import type { Operation } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../flows/command/call.ts';
import type { HttpNeeds, LimitRule } from './needs.ts';
import { visitor } from './wire.ts';

/** `obk.<key id>.<secret>` */
const keyForm = /^Bearer +obk\.([\w-]{1,120})\.([\w-]{1,200})$/;

/**
 * Who sent an API key; null when the request brings no `Authorization` at all, which leaves the session. A request
 * that brings one never falls back to a cookie.
 * @throws Fault `auth.key_refused`, `auth.scope_missing`, `auth.rate_limited`
 */
export async function findKeyHolder(
  request: FastifyRequest,
  operation: Operation,
  needs: HttpNeeds,
  pace: KeyPace,
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
  pace.count(keyId);
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

/** Most keys that are remembered at once; beyond it the oldest windows are forgotten. */
const mostWindows = 10_000;

/**
 * Counts the requests of each key in fixed windows, in this process alone: a count in the database would cost every
 * request a commit.
 */
export class KeyPace {
  readonly #rule: LimitRule;
  readonly #nowMs: () => number;
  readonly #windows = new Map<string, { begunMs: number; count: number }>();

  constructor(rule: LimitRule, nowMs: () => number = () => performance.now()) {
    this.#rule = rule;
    this.#nowMs = nowMs;
  }

  /** @throws Fault `auth.rate_limited` */
  count(keyId: string): void {
    const nowMs = this.#nowMs();
    const windowMs = this.#rule.windowSeconds * 1000;
    const known = this.#windows.get(keyId);
    if (known === undefined || known.begunMs + windowMs <= nowMs) {
      this.#windows.delete(keyId); // so that the newest window is last
      this.#windows.set(keyId, { begunMs: nowMs, count: 1 });
      if (this.#windows.size > mostWindows) this.#forgetOldest();
      return;
    }
    known.count += 1;
    if (known.count <= this.#rule.limit) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((known.begunMs + windowMs - nowMs) / 1000));
    throw new Fault('auth.rate_limited', { retryAfterSeconds });
  }

  #forgetOldest(): void {
    for (const oldest of this.#windows.keys()) {
      this.#windows.delete(oldest);
      return;
    }
  }
}
