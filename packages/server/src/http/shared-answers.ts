import { z } from 'zod';
import { isShared } from '../flows/command/shared-parts.ts';

/** What was written of a shared part, by the shape that it was held to. */
const written = new WeakMap<object, Map<z.ZodType, Buffer>>();
/** Shapes without the members that are written apart, by the names of these. */
const others = new WeakMap<z.ZodObject, Map<string, z.ZodObject>>();

/**
 * An answer with shared parts, held to the contract, as JSON; null for one that has none, or breaks the contract. The parts are
 * members of the answer, or of one of its members.
 */
export function sharedAnswerOf(shape: z.ZodType, answer: unknown): Buffer | null {
  const pieces = piecesOf(shape, answer);
  return pieces === null ? null : Buffer.concat(pieces);
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Are there shared parts right in it? */
const holdsShared = (value: unknown): boolean => isObject(value) && Object.values(value).some(isShared);

function piecesOf(shape: z.ZodType, answer: unknown): Buffer[] | null {
  if (!(shape instanceof z.ZodObject) || !isObject(answer)) return null;
  const apart = Object.keys(shape.shape).filter((key) => isShared(answer[key]) || holdsShared(answer[key]));
  if (apart.length === 0) return null;
  const rest = shapeWithout(shape, apart).safeParse(answer);
  if (!rest.success) return null;
  const begun = JSON.stringify(rest.data).slice(0, -1);
  const pieces: Buffer[] = [Buffer.from(begun)];
  let isFirst = begun === '{';
  for (const key of apart) {
    // The keys are the shape's.
    const member = shape.shape[key] as z.ZodType;
    const value = answer[key];
    const own = isShared(value) ? sharedPieces(member, value) : piecesOf(member, value);
    if (own === null) return null;
    pieces.push(Buffer.from(`${isFirst ? '' : ','}${JSON.stringify(key)}:`), ...own);
    isFirst = false;
  }
  pieces.push(Buffer.from('}'));
  return pieces;
}

function sharedPieces(shape: z.ZodType, part: object): Buffer[] | null {
  const known = written.get(part) ?? new Map<z.ZodType, Buffer>();
  written.set(part, known);
  const before = known.get(shape);
  if (before !== undefined) return [before];
  const parsed = shape.safeParse(part);
  if (!parsed.success) return null;
  const made = Buffer.from(JSON.stringify(parsed.data));
  known.set(shape, made);
  return [made];
}

function shapeWithout(shape: z.ZodObject, keys: readonly string[]): z.ZodObject {
  const known = others.get(shape) ?? new Map<string, z.ZodObject>();
  others.set(shape, known);
  const name = keys.join(' ');
  // The keys are the shape's, by name, which its type does not know any more.
  const apart: Record<never, true> = Object.fromEntries(keys.map((key) => [key, true]));
  const made = known.get(name) ?? shape.omit(apart);
  known.set(name, made);
  return made;
}
