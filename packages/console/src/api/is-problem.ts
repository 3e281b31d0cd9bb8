import type { Problem } from '@openbeian/contract';
import type { BothTexts } from '../language/words.ts';
import type { Finding } from './shapes.ts';

// What the console looks at before it shows what was refused: the answer may come from something between it and the server.

type Fields = Readonly<Record<string, unknown>>;

const hasTexts = (value: unknown, ...names: readonly string[]): value is Fields =>
  // Of an object any field may be asked.
  typeof value === 'object' && value !== null && names.every((name) => typeof (value as Fields)[name] === 'string');
const isOptionalList = (value: unknown, isOne: (one: unknown) => boolean = () => true): boolean =>
  value === undefined || (Array.isArray(value) && value.every(isOne));

/** Is this a problem document of the API? Its reasons and findings are looked at one by one. */
export function isProblem(value: unknown): value is Problem {
  return (
    hasTexts(value, 'code', 'zh', 'en', 'retry') &&
    typeof value.status === 'number' &&
    isOptionalList(value.places, (place) => hasTexts(place, 'path', 'zh', 'en')) &&
    isOptionalList(value.reasons) &&
    isOptionalList(value.findings)
  );
}

/** Decisions carry whole reasons; a routed filing's have a code and a message only. */
export const isReason = (value: unknown): value is { readonly code: string; readonly message: BothTexts } =>
  hasTexts(value, 'code') && hasTexts(value.message, 'zh', 'en');

export const isFinding = (value: unknown): value is Finding =>
  hasTexts(value, 'rule', 'from') &&
  hasTexts(value.message, 'zh', 'en') &&
  (value.field === null || typeof value.field === 'string');
