import {
  actionsFrom,
  type FilingAction,
  filingKindNames,
  filingStates,
  filingTransitions,
} from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import type { FilingEventRow, FilingRow } from '../../ports/index.ts';
import type { Actor } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { dueOf } from './advance-filing.ts';

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

export function filingViewOf(deps: FlowDeps, filing: FilingRow, actor: Actor): FilingView {
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
    findings: filing.findings as Finding[],
    startedAt: filing.startedAt,
    updatedAt: filing.updatedAt,
    dueAt: filing.dueAt,
    dueProvisional: dueOf(filing.state, filing.updatedAt, deps.calendar).provisional,
  };
}

/** What this actor may do with the filing now. Nobody reviews a filing of their own. */
function actionsFor(filing: FilingRow, actor: Actor): FilingAction[] {
  return actionsFrom(filing.state).filter((action) => {
    const { by } = filingTransitions[action];
    if (by === 'customer') return actor.role === 'customer' && actor.accountId === filing.accountId;
    if (by === 'reviewer') return actor.role === 'reviewer' && actor.userId !== filing.submittedBy;
    return by === 'operator' && actor.role === 'operator';
  });
}

const eventTexts: Record<string, Text> = {
  FilingStarted: { zh: '发起备案，系统判定备案类型', en: 'Filing started, its kind found out' },
  FormSaved: { zh: '保存了备案信息', en: 'Form saved' },
  CodeBound: { zh: '绑定了备案授权码', en: 'Filing code bound' },
  ResourceBound: { zh: '选择了云资源', en: 'Resource chosen' },
  CodeReleased: { zh: '授权码已退回，可再次使用', en: 'Code released, usable again' },
  QuotaReturned: { zh: '资源名额已退回', en: 'Slot of the resource came back' },
  CodeUsed: { zh: '授权码已使用，不可再用', en: 'Code used for good' },
  FilingSubmitted: { zh: '提交初审', en: 'Submitted for review' },
  FilingWithdrawn: { zh: '撤回修改', en: 'Withdrawn to edit' },
  FilingReturned: { zh: '初审退回', en: 'Returned by the reviewer' },
  FilingPassed: { zh: '初审通过，等待提交管局', en: 'Passed, awaiting hand-over' },
  FilingHeld: { zh: '提交管局前复核未通过，已退回', en: 'Held back: conditions failed at hand-over' },
  FilingRecalled: { zh: '运营人员收回', en: 'Recalled by an operator' },
  FilingForwarded: { zh: '管局已接收报送', en: 'The authority has received it' },
  SmsRequested: {
    zh: '工信部已发出核验短信，须在 24 小时内核验',
    en: 'Verification SMS sent; confirm within 24 hours',
  },
  SmsConfirmed: { zh: '短信核验完成，等待管局审核', en: 'SMS confirmed, awaiting the verdict' },
  SmsFailed: { zh: '短信核验未完成，备案退回', en: 'SMS not confirmed, the filing came back' },
  FilingApproved: { zh: '管局审核通过，备案号已下发', en: 'Approved, number given' },
  FilingRejected: { zh: '管局驳回', en: 'Rejected by the authority' },
  FilingAbandoned: { zh: '已放弃', en: 'Given up' },
  FilingLapsed: { zh: '超过时限未处理，订单关闭', en: 'Closed: nobody acted in time' },
  RecordCancelled: {
    zh: '备案已注销或取消接入，域名不再放行',
    en: 'The record was cancelled, its name is served no more',
  },
  FilingOverdue: { zh: '超过办理时限，已提醒运营人员', en: 'Overdue, operators told' },
};

export const eventViewOf = (event: FilingEventRow) => ({
  at: event.at,
  actorRole: event.actorRole,
  type: event.type,
  text: eventTexts[event.type] ?? { zh: event.type, en: event.type },
});
