import type { Operation } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../flows/command/call.ts';
import { countedAddress } from './caller-address.ts';
import { bodyLimitOf } from './json-body.ts';
import type { AllowanceLeases, LimitRule } from './needs.ts';
import { type Allowance, Pace } from './pace.ts';

/** A customer's account, with all its people and keys; staff each for themselves. */
export const allowanceHolder = ({ accountId, userId, support }: Pick<Actor, 'accountId' | 'userId' | 'support'>) =>
  support === true ? `user ${userId}` : (accountId ?? `user ${userId}`);

/** The allowances of a deployment, as one server sees them. */
export interface Paces {
  readonly key: Pace;
  readonly account: Pace;
  readonly address: Pace;
  /** Visitors who sign in, each way apart: neither other requests nor another way use it up. */
  readonly signIn: Pace;
  /** Beyond that, for those who bring more proof than a password. */
  readonly crowded: Pace;
  readonly lookup: Pace;
}

interface PaceRules {
  readonly requestsPerApiKey: LimitRule;
  readonly costPerAccount: LimitRule;
  readonly costPerAddress: LimitRule;
  readonly lookupsPerAccount: LimitRule;
}

const tenTimes = ({ limit, windowSeconds }: LimitRule): LimitRule => ({ limit: limit * 10, windowSeconds });

export function createPaces(rules: PaceRules, leases: AllowanceLeases): Paces {
  return {
    key: new Pace('key', { rule: rules.requestsPerApiKey, leases }),
    account: new Pace('account', { rule: rules.costPerAccount, leases }),
    address: new Pace('address', { rule: rules.costPerAddress, leases, onCredit: true }),
    signIn: new Pace('sign_in', { rule: rules.costPerAddress, leases, onCredit: true }),
    crowded: new Pace('sign_in_proven', { rule: tenTimes(rules.costPerAddress), leases, onCredit: true }),
    lookup: new Pace('lookup', { rule: rules.lookupsPerAccount, leases }),
  };
}

/**
 * Sets the response headers to what is left (draft-ietf-httpapi-ratelimit-headers-10), and refuses a request beyond it.
 * @throws Fault `auth.rate_limited`
 */
export function charge(reply: FastifyReply, allowances: readonly Allowance[]): void {
  const before = reply.getHeader('ratelimit-policy');
  const beforeLeft = reply.getHeader('ratelimit');
  const policies = allowances.map(({ name, rule }) => `"${name}";q=${rule.limit};w=${rule.windowSeconds}`);
  const left = allowances.map(({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`);
  reply.header('ratelimit-policy', [...(before ? [before] : []), ...policies].join(', '));
  reply.header('ratelimit', [...(beforeLeft ? [beforeLeft] : []), ...left].join(', '));
  const spent = allowances.filter(({ isSpent }) => isSpent);
  if (spent.length === 0) return;
  throw new Fault('auth.rate_limited', {
    retryAfterSeconds: Math.max(...spent.map(({ resetSeconds }) => resetSeconds)),
  });
}

/**
 * As `visitorDoor`, for somebody who signs in. A browser in which somebody signed in before is counted by that person, so
 * that others of its address, such as a proxy that is not in `http.trustProxy`, do not use its allowance up. A password
 * beyond the allowance is `crowded`: its flow then asks for more proof instead of refusing everybody of that address.
 */
export function signInDoor({ id, bodyKiB, cost }: Operation, paces: Paces, knownBy: KnownBy) {
  return {
    bodyLimit: bodyLimitOf(bodyKiB, 0),
    onRequest: async (request: FastifyRequest, reply: FastifyReply) => {
      const address = countedAddress(request.ip);
      const known = knownBy(request);
      const taken = await paces.signIn.take(known === null ? `${id} ${address}` : `${id} known ${known}`, cost);
      request.isCrowded = id === 'signIn' && taken.isSpent;
      charge(reply, [request.isCrowded ? await paces.crowded.take(address) : taken]);
    },
  };
}

/** Who signed in before in the browser of this request; null for nobody. */
type KnownBy = (request: FastifyRequest) => string | null;

/** What a route that anybody may ask checks before it reads a body. */
export function visitorDoor({ bodyKiB, cost }: Operation, paces: Paces) {
  return {
    bodyLimit: bodyLimitOf(bodyKiB, 0),
    onRequest: async (request: FastifyRequest, reply: FastifyReply) =>
      charge(reply, [await paces.address.take(countedAddress(request.ip), cost)]),
  };
}

declare module 'fastify' {
  interface FastifyRequest {
    /** More sign-ins came from this address than it may send without more proof. */
    isCrowded: boolean;
  }
}
