import type { FlowRequest } from '../../command/step.ts';

/** Where there is a line to the authority, filings and their results go over it. @throws Fault `authority.by_line` */
export function refuseLine({ deps, fault }: FlowRequest<'authority.by_line'>): void {
  if (!deps.authorityByHand) throw fault('authority.by_line');
}
