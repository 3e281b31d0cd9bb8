import { documentResults } from './document-results.ts';
import { domainResults } from './domain-results.ts';
import { icpResults } from './icp-results.ts';
import { ipResults } from './ip-results.ts';
import type { ResultFollow } from './result-follow.ts';

export interface ResultCode {
  readonly code: number;
  readonly zh: string;
  readonly en: string;
  readonly follow: ResultFollow;
}

/** Every result code (`Jgdm`) of interface V3.0 (docs/sources.md `ISP-V3`). */
export const resultCodes: ReadonlyMap<number, ResultCode> = new Map(
  [icpResults, ipResults, domainResults, documentResults]
    .flat()
    .map(([code, zh, en, follow]) => [code, { code, zh, en, follow }] as const),
);

/**
 * What a result code means. One that the interface does not have keeps its number and the authority’s own words (`Dmms`); the
 * provider looks at it.
 */
export function resultCodeOf(code: number): ResultCode & { readonly isKnown: boolean } {
  const known = resultCodes.get(code);
  if (known !== undefined) return { ...known, isKnown: true };
  return {
    code,
    zh: `管局返回未知的结果代码 ${code}`,
    en: `The authority gave the unknown result code ${code}`,
    follow: { act: 'return_to_provider', field: null },
    isKnown: false,
  };
}

/** What a record that has results is part of (`Czlx`), as far as the interface names it. */
export const resultOperations = {
  1: 'new_filing',
  2: 'add_service',
  3: 'add_access',
  4: 'change',
  5: 'cancel_access',
  6: 'cancel_subject',
  7: 'cancel_service',
  35: 'attachments',
} as const;
