import { addDays, dayOf } from '@openbeian/model/calendar';
import { Fault } from '@openbeian/model/fault';
import { filingStates, type ReturnReason } from '@openbeian/model/filing';
import { type Finding, fieldsOf, formFor } from '@openbeian/model/forms';
import { auditFact } from '../command/audit-fact.ts';
import type { CommandCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { queryInParts } from '../command/operation.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { endFiling, type StepInput, stepFiling } from '../filing/filing-steps.ts';
import type { FilingView } from '../filing/filing-view.ts';
import { formContextOf } from '../filing/form-values.ts';

/** @throws Fault `review.own_work`, `filing.wrong_state`, `object.changed`, `object.not_found`. */
export function passFiling(deps: FlowDeps, call: CommandCall, input: StepInput): Promise<FilingView> {
  return stepFiling(deps, call, 'passFiling', input, async (tx, filing, at) => {
    if (filing.submittedBy === call.actor.userId) throw new Fault('review.own_work');
    // The id is made before the hand-over, so that a message that overtakes our own commit finds its filing.
    const submissionId = deps.ids.next('sub');
    const passed = await advanceFiling(deps, tx, call.actor, filing, 'pass', at, {
      change: { submissionId, findings: [] },
    });
    await tx.exchange.insertSubmission({ id: submissionId, filingId: filing.id, at });
    const payload = { submissionId, filingId: filing.id };
    await tx.jobs.enqueue({ id: deps.ids.next('out'), topic: 'authority.submit', payload, runAt: at });
    if (filing.kind === 'access' && filing.serviceNumber !== null) {
      // A number exists: the name may be served from our review on, for as long as a returned filing would be kept.
      const until = addDays(dayOf(at), filingStates.returned.limit.amount);
      await tx.records.putGrace({
        domainName: filing.domainName,
        number: filing.serviceNumber,
        filingId: filing.id,
        until,
        at,
      });
    }
    return passed;
  });
}

export interface ReturnInput extends StepInput {
  readonly reasons: readonly { readonly field: string | null; readonly reasonId: string; readonly comment: string }[];
}

/**
 * Returns a filing with reasons that name their fields.
 * @throws Fault `input.invalid` for an unknown reason or field, `review.own_work`, `filing.wrong_state` …
 */
export function returnFiling(deps: FlowDeps, call: CommandCall, input: ReturnInput): Promise<FilingView> {
  return stepFiling(deps, call, 'returnFiling', input, async (tx, filing, at) => {
    if (filing.submittedBy === call.actor.userId) throw new Fault('review.own_work');
    const fields = new Set(fieldsOf(formFor(formContextOf(filing, at))).map((field) => field.path));
    const findings = input.reasons.map((reason, index) => findingOf(deps.returnReasons, fields, reason, index));
    return advanceFiling(deps, tx, call.actor, filing, 'return', at, {
      change: { findings },
      detail: { reasons: input.reasons.map(({ field, reasonId }) => ({ field, reasonId })) },
    });
  });
}

function findingOf(
  catalogue: readonly ReturnReason[],
  fields: ReadonlySet<string>,
  given: ReturnInput['reasons'][number],
  index: number,
): Finding {
  const reason = catalogue.find((one) => one.id === given.reasonId);
  const refuse = (path: string, expected: string, expectedZh: string): never => {
    throw new Fault('input.invalid', { places: [{ path: `reasons[${index}].${path}`, expected, expectedZh }] });
  };
  if (reason === undefined)
    return refuse('reasonId', 'an id of the catalogue of return reasons', '应为退回原因目录中的编号');
  if (given.field !== null && !fields.has(given.field))
    return refuse('field', 'a field of this filing’s form, or null', '应为本表单中的栏目，或为空');
  if (reason.id === 'other' && given.comment.trim() === '') {
    return refuse('comment', 'a comment, since “other” says nothing by itself', '选择“其他”时必须写明说明');
  }
  const comment = given.comment.trim();
  const add = (text: string, colon: string) => (comment === '' ? text : `${text}${colon}${comment}`);
  return {
    field: given.field,
    rule: reason.id,
    message: { zh: add(reason.message.zh, '：'), en: add(reason.message.en, ': ') },
    remedy: reason.remedy,
    source: reason.source,
    from: 'reviewer',
  };
}

/** An operator takes back a filing that hangs at the authority. @throws Fault `filing.wrong_state` … */
export function recallFiling(
  deps: FlowDeps,
  call: CommandCall,
  input: StepInput & { readonly comment: string },
): Promise<FilingView> {
  return stepFiling(deps, call, 'recallFiling', input, async (tx, filing, at) => {
    const finding: Finding = {
      field: null,
      rule: 'recalled',
      message: { zh: `运营人员收回：${input.comment}`, en: `Recalled by an operator: ${input.comment}` },
      remedy: { zh: '核对后重新提交。', en: 'Check it and submit again.' },
      source: null,
      from: 'provider',
    };
    return advanceFiling(deps, tx, call.actor, filing, 'recall', at, { change: { findings: [finding] } });
  });
}

/** An operator closes a filing that hangs with its customer; code or slot comes back. @throws Fault `filing.wrong_state` … */
export function lapseFiling(
  deps: FlowDeps,
  call: CommandCall,
  input: StepInput & { readonly comment: string },
): Promise<FilingView> {
  return stepFiling(deps, call, 'lapseFiling', input, async (tx, filing, at) => {
    const fact = { kind: 'filing', id: filing.id };
    await tx.audit.append(auditFact(deps, call.actor, at, 'FilingClosedByOperator', fact, { comment: input.comment }));
    return endFiling(deps, tx, call.actor, filing, 'lapse', at);
  });
}

/** The catalogue that reviewers return filings with. */
export const listReturnReasons = queryInParts({ id: 'listReturnReasons', faults: [] }, async ({ deps }) => ({
  reasons: deps.returnReasons,
}));
