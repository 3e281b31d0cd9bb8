import type { FaultCode } from '@openbeian/model/fault';
import { z } from 'zod';

/**
 * Who may call. `public` needs no session; `gate` is the enforcement service and `portal` the provider’s own portal, each
 * with its own token.
 */
export const roles = ['customer', 'reviewer', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What people of a customer’s account may do in it: each has what those behind it have, too. */
export const memberRights = ['owner', 'filer', 'viewer'] as const;
export type MemberRight = (typeof memberRights)[number];

/** What an API key can be allowed; an operation without a scope is for signed-in people only. */
export const apiScopes = [
  'resources:read',
  'codes:read',
  'codes:verify',
  'codes:issue',
  'codes:grant',
  'codes:revoke',
  'codes:reveal',
  'filings:read',
  'filings:write',
  'filings:submit',
  'filings:reveal',
  'records:read',
  'records:use',
] as const;
export type ApiScope = (typeof apiScopes)[number];

/** What answers are made of and what commands change. */
export type Noun =
  | 'account'
  | 'api_key'
  | 'audit'
  | 'code'
  | 'contest'
  | 'filing'
  | 'gate'
  | 'job'
  | 'line'
  | 'material'
  | 'notice'
  | 'notice_mail'
  | 'own_access'
  | 'person'
  | 'record'
  | 'resource'
  | 'session'
  | 'support_access'
  | 'webhook';

export interface Operation<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
  Command extends boolean = boolean,
> {
  /** camelCase; also the OpenAPI operationId and the client's method. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for path parameters, from the server's root. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly roles: readonly Role[] | 'public' | 'gate' | 'portal';
  /** What an API key must be allowed to call this; without one, no key may. */
  readonly scope?: ApiScope;
  /** The least right of a person of a customer’s account; see `rightNeeded`. An API key has its scopes instead. */
  readonly right?: MemberRight;
  /** A command changes something and needs an `Idempotency-Key` header; sessions are the exception. */
  readonly command: Command;
  /**
   * What a query's answer is made of, or what a command changes beside its audit row. A client that keeps answers asks those
   * queries again that share a noun with the command it sent. None: nothing that a command changes.
   */
  readonly nouns: readonly Noun[];
  /**
   * Largest body of a request, in KiB; `ordinaryBodyKiB` unless given. `inventory`: what the deployment sets for inventories
   * (`http.bodyLimitBytes`).
   */
  readonly bodyKiB?: number | 'inventory';
  /**
   * `body`: the request's body is bytes as they are (`application/octet-stream`). `answer`: the answer is, with a type of its own;
   * its shape is `bytesAnswerShape`. Everything else is JSON.
   */
  readonly bytes?: 'body' | 'answer';
  /** What one request takes of the caller's allowance (`http.limits.costPerAccount`, `costPerAddress`); 1 unless given. */
  readonly cost?: number;
  /** The field by which it may ask the authority, whose look-ups have an allowance of their own. */
  readonly asksAuthorityAbout?: string;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** Faults beyond those that every operation can give. */
  readonly faults: readonly FaultCode[];
}

/** What a person of a customer’s account needs for it: who may look may not change anything, unless it is about themselves. */
export const rightNeeded = ({ right, command }: Pick<Operation, 'right' | 'command'>): MemberRight =>
  right ?? (command ? 'filer' : 'viewer');

/** Does somebody with one right have the other as well? */
export const includesRight = (held: MemberRight, needed: MemberRight): boolean =>
  memberRights.indexOf(held) <= memberRights.indexOf(needed);

/** Room for the longest names, addresses and comments of a command, in whatever way JSON escapes them. */
export const ordinaryBodyKiB = 16;

/** Declares an operation, keeping its types. */
export function operation<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
  const Command extends boolean,
>(declared: Operation<Params, Query, Body, Answer, Command>): Operation<Params, Query, Body, Answer, Command> {
  return declared;
}

/** Bytes in memory, as the body of a request that is not JSON. */
export const bytesShape: z.ZodType<Uint8Array, Uint8Array> = z.instanceof(Uint8Array);

/** An answer that is a file. */
export const bytesAnswerShape = z.object({ mediaType: z.string(), bytes: bytesShape });

/** One to 200 printable ASCII characters. */
export const idempotencyKeyShape = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/)
  .meta({
    description:
      '每个写操作一个唯一值，重试时沿用同一个值；服务端默认保留 30 天 / One unique value for each command, kept for its repetitions: the command is done once. The server remembers it for 30 days unless configured otherwise',
  });
