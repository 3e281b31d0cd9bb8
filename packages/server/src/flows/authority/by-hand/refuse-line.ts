import type { FilingRow } from '../../../ports/index.ts';
import type { FlowRequest } from '../../command/step.ts';

/**
 * Where there is a line to the authority, filings and their results go over it, except those that were taken out of it.
 * @throws Fault `authority.by_line`
 */
export function refuseLine(
  { deps, fault }: FlowRequest<'authority.by_line'>,
  { byHand }: Pick<FilingRow, 'byHand'>,
): void {
  if (!deps.authorityByHand && !byHand) throw fault('authority.by_line');
}
