import type { KnownFault } from '../../ports/work-failures.ts';

/** Code and both texts, as the column has them. */
export type WithFaultTexts<Row> = Omit<Row, 'lastFault'> & { readonly lastFault: readonly string[] | null };

export const faultTexts = (fault: KnownFault | null): string[] | null =>
  fault === null ? null : [fault.code, fault.zh, fault.en];

export function faultIn(texts: readonly string[] | null): KnownFault | null {
  if (texts === null) return null;
  const [code = '', zh = '', en = ''] = texts;
  return { code, zh, en };
}
