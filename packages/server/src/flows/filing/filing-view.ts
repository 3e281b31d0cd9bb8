import {
  actionsFrom,
  type FilingAction,
  filingEventTexts,
  filingKindNames,
  filingStates,
  filingTransitions,
} from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import type { FilingEventRow, FilingListRow, FilingRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { dueOf } from './due-at.ts';

type Text = { readonly zh: string; readonly en: string };

export interface FilingView {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly kind: FilingRow['kind'];
  readonly kindText: Text;
  readonly state: FilingRow['state'];
  readonly stateText: Text;
  readonly owner: (typeof filingStates)[FilingRow['state']]['owner'];
  readonly actions: string[];
  readonly version: number;
  readonly domainName: string;
  readonly serviceKind: FilingRow['serviceKind'];
  readonly subjectKind: FilingRow['subjectKind'];
  readonly provinceCode: string;
  readonly subjectNumber: string | null;
  readonly serviceNumber: string | null;
  readonly resourceId: string | null;
  readonly codeId: string | null;
  readonly findings: Finding[];
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly dueAt: string | null;
  readonly dueProvisional: boolean;
}

export function filingViewOf(deps: FlowDeps, filing: FilingListRow, actor: Actor): FilingView {
  const { owner, zh, en } = filingStates[filing.state];
  return {
    id: filing.id,
    accountId: filing.accountId,
    provider: filing.provider,
    kind: filing.kind,
    kindText: filingKindNames[filing.kind],
    state: filing.state,
    stateText: { zh, en },
    owner,
    actions: actionsFor(filing, actor),
    version: filing.version,
    domainName: filing.domainName,
    serviceKind: filing.serviceKind,
    subjectKind: filing.subjectKind,
    provinceCode: filing.provinceCode,
    subjectNumber: filing.subjectNumber,
    serviceNumber: filing.serviceNumber,
    resourceId: filing.resourceId,
    codeId: filing.codeId,
    findings: [...filing.findings],
    startedAt: filing.startedAt,
    updatedAt: filing.updatedAt,
    dueAt: filing.dueAt,
    dueProvisional: dueOf(filing.state, filing.updatedAt, deps.calendar).provisional,
  };
}

/** What this actor may do with the filing now. Nobody reviews a filing of their own. */
function actionsFor(filing: FilingListRow, actor: Actor): FilingAction[] {
  return actionsFrom(filing.state).filter((action) => {
    const { by } = filingTransitions[action];
    if (by === 'customer') return actor.role === 'customer' && actor.accountId === filing.accountId;
    if (by === 'reviewer') return actor.role === 'reviewer' && actor.userId !== filing.submittedBy;
    return by === 'operator' && actor.role === 'operator';
  });
}

export const eventViewOf = (event: FilingEventRow) => ({
  at: event.at,
  actorRole: event.actorRole,
  type: event.type,
  text: filingEventTexts[event.type] ?? { zh: event.type, en: event.type },
});
