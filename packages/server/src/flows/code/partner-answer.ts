import { faultCatalogue } from '@openbeian/model/fault';
import { partnerNumberOf, partnerNumbers } from '@openbeian/model/partner';
import type { Step } from '../command/step.ts';
import type { CodeReason } from './code-reasons.ts';
import type { CodeView } from './code-view.ts';

/** A reason with its number in the partner interface. */
export type Numbered<Reason> = Reason & { readonly number: number };

/** Every reason that reaches partners has a number; a test holds the table to that. */
export function numbered<Reason extends { readonly code: string }>(reason: Reason): Numbered<Reason> {
  return { ...reason, number: partnerNumberOf(reason.code) ?? partnerNumbers['resource.not_eligible'] };
}

export const unknownResource: Numbered<CodeReason> = {
  code: 'object.not_found',
  number: partnerNumbers['resource.unknown'],
  message: { zh: faultCatalogue['object.not_found'].zh, en: faultCatalogue['object.not_found'].en },
  remedy: null,
  source: 'openbeian',
};

export interface PartnerCode {
  readonly code: CodeView;
  readonly serviceNumber: string | null;
  readonly reasons: readonly Numbered<CodeReason>[];
}

/** A code with the number of the site that was filed with it, and numbered reasons. */
export async function partnerCodeOf({ tx }: Pick<Step, 'tx'>, code: CodeView): Promise<PartnerCode> {
  const filing = code.state === 'used' ? await tx.filings.find(code.boundFilingId ?? '') : null;
  return { code, serviceNumber: filing?.serviceNumber ?? null, reasons: code.reasons.map(numbered) };
}
