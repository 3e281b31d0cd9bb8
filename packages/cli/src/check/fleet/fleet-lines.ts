import { type Inventory, inventorySchema, type Resource, resourceSchema } from '@openbeian/model/eligibility';
import { placesOf } from '@openbeian/model/fault';
import { InputError } from '../../io/input.ts';
import type { Lang } from '../../io/read-document.ts';
import type { FleetFile } from './fleet-file.ts';
import { scanResource } from './scan-resource.ts';

/** What is done with the lines of a fleet. `place` names a resource's line for messages. */
export interface FleetVisitor {
  resource(resource: Resource, place: LinePlace): void;
  /** A line that is a fragment of an inventory; its resources come one by one. */
  fragment?(fragment: Inventory, place: LinePlace): void;
}

/** A line, and in a line with several resources which of them. */
export interface LinePlace {
  readonly line: number;
  readonly row: number | null;
}

/**
 * Reads a fleet once: a line is a resource, or a fragment of an inventory with `accounts`, `viewer` or `resources`.
 * Yields after each block, so that what became of it can be taken. @throws InputError naming the first bad line.
 */
export function* visitLines(fleet: FleetFile, lang: Lang, visitor: FleetVisitor): Generator<void> {
  for (const { bytes, start, ends, number } of fleet.readBlocks()) {
    let from = start;
    for (const [index, end] of ends.entries()) {
      const resource = scanResource(bytes, from, end);
      if (resource !== null) visitor.resource(resource, { line: number + index, row: null });
      else visitOther(bytes.subarray(from, end), { line: number + index, row: null }, fleet.name, lang, visitor);
      from = end + 1;
    }
    yield;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A line that the quick reader leaves to the schema. */
function visitOther(bytes: Uint8Array, place: LinePlace, file: string, lang: Lang, visitor: FleetVisitor): void {
  const at = `${file}:${place.line}`;
  const value = valueOf(bytes, at, lang);
  if (value === undefined) return;
  if (typeof value === 'object' && value !== null && 'provider' in value) {
    const parsed = resourceSchema.safeParse(value);
    if (parsed.success) return visitor.resource(parsed.data, place);
    return refuse(parsed.error, at, lang);
  }
  // A fragment may leave out its resources: a line with the accounts, or with the viewer.
  const whole = typeof value === 'object' && value !== null ? { resources: [], ...value } : value;
  const parsed = inventorySchema.safeParse(whole);
  if (!parsed.success) return refuse(parsed.error, at, lang);
  visitor.fragment?.(parsed.data, place);
  for (const [row, resource] of parsed.data.resources.entries()) visitor.resource(resource, { ...place, row });
}

/** The line's value; undefined for a blank line. */
function valueOf(bytes: Uint8Array, at: string, lang: Lang): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new InputError(`${at}: ${lang === 'zh' ? '应为 UTF-8 编码' : 'expected UTF-8'}`);
  }
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`${at}: ${lang === 'zh' ? '应为一个 JSON 对象' : 'expected one JSON object'}: ${reason}`);
  }
}

function refuse(error: Parameters<typeof placesOf>[0], at: string, lang: Lang): never {
  const lines = placesOf(error).map(
    ({ path, expected, expectedZh }) => `${at}: ${path}: ${lang === 'zh' ? (expectedZh ?? expected) : expected}`,
  );
  throw new InputError(lines.join('\n'));
}
