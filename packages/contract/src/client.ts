import { parseSafely } from '@openbeian/model/fault';
import type { z } from 'zod';
import { type CallOptions, type ClientOptions, type LooseInput, type Readers, send } from './calling.ts';
import type { Operation } from './operation.ts';
import { allOperations, type OperationId, type Operations } from './operations/index.ts';
import { problemShape } from './problem.ts';

export {
  type CallOptions,
  type ClientOptions,
  type CookieJar,
  createCookieJar,
  ProblemError,
  randomKey,
  UnreachableError,
} from './calling.ts';

/** Every answer is held to its shape. */
const readers: Readers<Operation> = {
  answer: (operation, json) => parseSafely(operation.answer, json),
  problem: (json) => parseSafely(problemShape, json),
};

/** May this part of the input be left out? */
type IsOptional<Shape extends z.ZodType> = Shape extends z.ZodRecord
  ? false
  : Record<never, never> extends z.input<Shape>
    ? true
    : undefined extends z.input<Shape>
      ? true
      : false;
type Part<Name extends string, Shape extends z.ZodType> =
  IsOptional<Shape> extends true ? { readonly [K in Name]?: z.input<Shape> } : { readonly [K in Name]: z.input<Shape> };

/** What a caller gives: `{ params, query, body }`; parts that may be empty may be left out. */
export type Input<O> =
  O extends Operation<infer P, infer Q, infer B, z.ZodType>
    ? Part<'params', P> & Part<'query', Q> & Part<'body', B>
    : never;
export type Answer<O> = O extends Operation<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;

type Method<O> =
  Record<never, never> extends Input<O>
    ? (input?: Input<O>, options?: CallOptions) => Promise<Answer<O>>
    : (input: Input<O>, options?: CallOptions) => Promise<Answer<O>>;

/** One method for each operation of the contract. */
export type Client = { readonly [Id in OperationId]: Method<Operations[Id]> };

/**
 * A typed client, made from the same table as the server's routes.
 * @throws ProblemError when the server refuses; UnreachableError when there is no usable answer.
 */
export function createClient(options: ClientOptions): Client {
  const methods = allOperations.map((operation) => [
    operation.id,
    (input: LooseInput = {}, call: CallOptions = {}) => send({ ...options, readers }, operation, input, call),
  ]);
  // One method for each operation by its id, as the type Client requires.
  return Object.fromEntries(methods) as Client;
}
