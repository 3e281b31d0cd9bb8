import type { bytesAnswerShape, Operation } from '@openbeian/contract';
import { countPlaces, Fault, type FaultPlace, mostPlaces, placesOf } from '@openbeian/model/fault';
import { findUnstorableText } from '@openbeian/model/json';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Actor } from '../flows/command/call.ts';
import { bodiesReadApart, type WrittenAnswer } from './flow-table.ts';
import { sharedAnswerOf } from './shared-answers.ts';

/** Who has not signed in, or need not. */
export const visitor: Actor = { userId: 'visitor', role: 'visitor', accountId: null };

/** Fastify's spelling of a path: `/api/v1/codes/:codeId`. */
export function routePath(operation: { readonly path: string }): string {
  return operation.path.replace(/\{(\w+)\}/g, ':$1');
}

/**
 * `{ ...params, ...query, ...body }`; a body that is a free record stays whole, as `body`. Mistakes come together, the first
 * `mostPlaces` of them.
 */
export function inputOf(request: FastifyRequest, operation: Operation): unknown {
  const { body } = request;
  const parts = [
    { within: 'path', shape: operation.params, value: request.params ?? {} },
    { within: 'query', shape: operation.query, value: request.query ?? {} },
  ];
  const isReadApart = (bodiesReadApart as readonly string[]).includes(operation.id);
  const hasBody = operation.method === 'POST' || operation.method === 'PUT';
  const isBytes = operation.bytes === 'body';
  if (hasBody && !isReadApart && !isBytes) parts.push({ within: 'body', shape: operation.body, value: body ?? {} });
  const places: FaultPlace[] = [];
  let count = 0;
  const input: Record<string, unknown> = {};
  for (const { within, shape, value } of parts) {
    const unstorable = findUnstorableText(value, within);
    places.push(...unstorable.places);
    count += unstorable.count;
    const parsed = parsedBy(shape, value, unstorable.count > 0);
    if (parsed === null) continue;
    if (!parsed.success) {
      places.push(...placesOf(parsed.error, [within]));
      count += countPlaces(parsed.error);
    } else if (shape instanceof z.ZodRecord) input[within] = parsed.data;
    else Object.assign(input, parsed.data);
  }
  if (isBytes) input.body = body instanceof Uint8Array ? body : new Uint8Array();
  if (isReadApart) input.body = body instanceof Uint8Array && body.length > 0 ? body : emptyObject;
  const listed = places.slice(0, mostPlaces);
  if (listed.length > 0) throw new Fault('input.invalid', { places: listed, morePlaces: count - listed.length });
  return input;
}

/** Null where the library throws, by a value whose places are already known. */
function parsedBy(shape: z.ZodType, value: unknown, isRefused: boolean) {
  try {
    return shape.safeParse(value);
  } catch (error) {
    // It compares the `length` of whatever comes, and some objects cannot be compared.
    if (isRefused) return null;
    throw error;
  }
}

const emptyObject = new TextEncoder().encode('{}');

/** Only what the contract declares leaves; an answer that breaks the contract is our mistake. A written one is that text, or its bytes. */
export function answerOf(operation: Operation, answer: unknown): unknown {
  const written = (bodiesReadApart as readonly string[]).includes(operation.id) ? writtenIn(answer) : null;
  if (written !== null) return written;
  const withShared = sharedAnswerOf(operation.answer, answer);
  if (withShared !== null) return withShared;
  const parsed = operation.answer.safeParse(answer);
  return parsed.success ? parsed.data : refuseAnswer(operation, parsed.error);
}

function refuseAnswer(operation: Operation, error: z.ZodError): never {
  const places = placesOf(error).map((place) => `${place.path}: ${place.expected}`);
  throw new Fault('internal', {
    cause: new Error(`${operation.id} answers outside the contract: ${places.join('; ')}`),
  });
}

/** As `answerOf`, of a file. */
export const bytesAnswerOf = (operation: Operation, given: unknown): z.output<typeof bytesAnswerShape> =>
  // The operation says so; its answer was parsed.
  answerOf(operation, given) as z.output<typeof bytesAnswerShape>;

/**
 * As `answerOf`, of a page: a row that this release cannot show, such as one of a newer release beside it or one that was
 * altered by hand, is left out and told, and hides no other row.
 * @param report told once for a page, of the rows that were left out, by their places
 */
export function pageAnswerOf(operation: Operation, answer: unknown, report: (fault: Fault) => void): unknown {
  const { answer: shape } = operation;
  if (!isPage(shape) || typeof answer !== 'object' || answer === null) return answerOf(operation, answer);
  const whole = shape.safeParse(answer);
  if (whole.success) return whole.data;
  const places: FaultPlace[] = [];
  const readable = Object.entries(answer).map(([key, rows]) => {
    const list: unknown = shape.shape[key];
    if (!(list instanceof z.ZodArray) || !Array.isArray(rows)) return [key, rows];
    const kept = rows.filter((row: unknown, index) => {
      const parsed = z.safeParse(list.element, row);
      if (!parsed.success) places.push(...placesOf(parsed.error, [`${key}[${index}] ${idOf(row)}`]));
      return parsed.success;
    });
    return [key, kept];
  });
  if (places.length > 0) report(new Fault('store.unreadable', { places: places.slice(0, mostPlaces) }));
  return answerOf(operation, Object.fromEntries(readable));
}

const isPage = (shape: z.ZodType): shape is z.ZodObject => shape instanceof z.ZodObject && 'next' in shape.shape;

const rowWithId = z.object({ id: z.string() });
const idOf = (row: unknown): string => rowWithId.safeParse(row).data?.id ?? '';

/** Text is sent as it is. */
function writtenIn(answer: unknown): string | null {
  // A flow that read its body apart gives this, or an answer of the contract, which has no such member.
  const { json } = (answer ?? {}) as Partial<WrittenAnswer>;
  return json ?? null;
}
