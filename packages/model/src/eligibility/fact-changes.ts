import { canonicalJson } from '@openbeian/model/canonical-json';
import type { Resource } from './inventory.ts';

/** A fact that differs; null is a fact that is not there. */
export interface FactChange {
  /** Its key in an inventory, nested ones behind a point; a list is one fact. */
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Which facts of a resource differ, in the order of the inventory's keys; none: both are the same to every rule. */
export function factChanges(before: Resource, after: Resource): readonly FactChange[] {
  return changesIn('', { ...before }, { ...after });
}

type Facts = Readonly<Record<string, unknown>>;

function changesIn(within: string, before: Facts, after: Facts): FactChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((key) => {
    const [was, is] = [before[key] ?? null, after[key] ?? null];
    if (was === is || canonicalJson(was) === canonicalJson(is)) return [];
    const field = `${within}${key}`;
    return isObject(was) && isObject(is) ? changesIn(`${field}.`, was, is) : [{ field, before: was, after: is }];
  });
}

const isObject = (value: unknown): value is Facts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
