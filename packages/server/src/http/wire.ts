import type { Operation } from '@openbeian/contract';
import { Fault, type FaultPlace, placesOf } from '@openbeian/model/fault';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../flows/command/call.ts';

/** Who has not signed in, or need not. */
export const visitor: Actor = { userId: 'visitor', role: 'visitor', accountId: null };

/** Fastify's spelling of a path: `/api/v1/codes/:codeId`. */
export function routePath(operation: { readonly path: string }): string {
  return operation.path.replace(/\{(\w+)\}/g, ':$1');
}

/** `{ ...params, ...query, ...body }`; a body that is a free record stays whole, as `body`. All mistakes come at once. */
export function inputOf(request: FastifyRequest, operation: Operation): unknown {
  const hasBody = operation.method === 'POST' || operation.method === 'PUT';
  const parts = [
    { within: 'path', shape: operation.params, value: request.params ?? {} },
    { within: 'query', shape: operation.query, value: request.query ?? {} },
    ...(hasBody ? [{ within: 'body', shape: operation.body, value: request.body ?? {} }] : []),
  ];
  const places: FaultPlace[] = [];
  const input: Record<string, unknown> = {};
  for (const { within, shape, value } of parts) {
    places.push(...nulPlaces(value, within));
    const parsed = shape.safeParse(value);
    if (!parsed.success) places.push(...placesOf(parsed.error, [within]));
    else if (shape instanceof z.ZodRecord) input[within] = parsed.data;
    else Object.assign(input, parsed.data);
  }
  if (places.length > 0) throw new Fault('input.invalid', { places });
  return input;
}

/** The database keeps no NUL character: it is refused here, where its place can be named. */
function nulPlaces(value: unknown, path: string): FaultPlace[] {
  if (typeof value === 'string') {
    if (!value.includes('\u0000')) return [];
    return [{ path, expected: 'expected text without NUL characters', expectedZh: '不应含有 NUL 字符' }];
  }
  if (Array.isArray(value)) return value.flatMap((one, index) => nulPlaces(one, `${path}[${index}]`));
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...nulPlaces(key, `${path} (a key)`),
    ...nulPlaces(one, `${path}.${key}`),
  ]);
}

/** Only what the contract declares leaves; an answer that breaks the contract is our mistake. */
export function answerOf(operation: Operation, answer: unknown): unknown {
  const parsed = operation.answer.safeParse(answer);
  if (parsed.success) return parsed.data;
  const places = placesOf(parsed.error).map((place) => `${place.path}: ${place.expected}`);
  throw new Fault('internal', {
    cause: new Error(`${operation.id} answers outside the contract: ${places.join('; ')}`),
  });
}
