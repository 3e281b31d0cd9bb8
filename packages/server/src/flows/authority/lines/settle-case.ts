import type { CaseAct, CaseOutcome, CaseRow } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { onceForKey, onceForKeyAsking } from '../../command/once-for-key.ts';
import { commandInParts } from '../../command/operation.ts';
import { type FlowRequest, inTransaction } from '../../command/step.ts';
import { refuseConflict } from '../../filing/approval/record-service.ts';
import { filingKindFlows } from '../../filing/kinds.ts';
import { enclosuresOf } from '../enclosures-of.ts';
import { readNumbers } from '../read-numbers.ts';
import { submissionOf } from '../submission-of.ts';
import { deskOf, lineOf } from './line-desk-of.ts';

/** What an operator does about a case, as it is asked for. */
export type GivenAct =
  | Exclude<CaseAct, { readonly act: 'send_again' | 'is_about' }>
  | { readonly act: 'send_again'; readonly corrected?: boolean | undefined }
  | { readonly act: 'is_about'; readonly filingId: string };

type SettleFault =
  | 'object.not_found'
  | 'object.changed'
  | 'authority.case_unfit'
  | 'authority.case_open'
  | 'record.number_conflict'
  | 'idempotency.in_progress';

/** An operator decides about something that came over a line and that no rule decides. */
export const settleAuthorityCase = commandInParts(
  {
    id: 'settleAuthorityCase',
    faults: [
      'object.not_found',
      'object.changed',
      'authority.case_unfit',
      'authority.case_open',
      'record.number_conflict',
      'idempotency.in_progress',
    ],
  },
  async (request, { caseId, act }: { readonly caseId: string; readonly act: GivenAct }) => {
    const desk = deskOf(request);
    const row = (await desk.readCase(caseId))?.row ?? null;
    if (row === null) throw request.fault('object.not_found');
    return onceForKeyAsking<SettleFault, CaseOutcome, Record<string, never>>(
      request,
      { caseId, act },
      {
        before: async () => {},
        ask: async () =>
          desk.settle(caseId, await actOf(request, act, row), request.actor.userId, (tx) => {
            const { kind, provinceCode } = row;
            const step = { ...request, tx, at: request.deps.clock.now() };
            // With the act itself: whoever is killed in between would have acted unseen.
            return recordAudit(
              step,
              'AuthorityCaseSettled',
              { kind: 'authority_case', id: caseId },
              { kind, provinceCode, act: act.act },
            );
          }),
        async work(step, outcome) {
          if (outcome !== 'settled') throw step.fault(refusals[outcome]);
          return {};
        },
      },
    );
  },
);

const refusals = {
  not_open: 'object.changed',
  does_not_fit: 'authority.case_unfit',
  failed: 'authority.case_open',
} as const satisfies Record<Exclude<CaseOutcome, 'settled'>, SettleFault>;

/** @param row of the case */
async function actOf(
  request: FlowRequest<'authority.case_unfit' | 'object.not_found' | 'record.number_conflict'>,
  act: GivenAct,
  row: CaseRow,
): Promise<CaseAct> {
  const { submissionId } = row;
  if (act.act === 'send_again') {
    if (act.corrected !== true) return { act: 'send_again' };
    return inTransaction(request, async (step) => {
      const filing = submissionId === null ? null : await step.tx.filings.findBySubmission(submissionId);
      if (filing === null || submissionId === null) throw step.fault('authority.case_unfit');
      const submission = await submissionOf(step, filing, submissionId);
      return { act: 'send_again', fresh: { submission, enclosed: enclosuresOf(step, filing) } };
    });
  }
  if (act.act === 'approved_under') {
    return inTransaction(request, async (step) => {
      const filing = submissionId === null ? null : await step.tx.filings.findBySubmission(submissionId);
      if (filing === null) throw step.fault('authority.case_unfit');
      const numbers = readNumbers(step, filing, act, 'act');
      // What comes on record by it is on record for nobody else; what is there already keeps its numbers.
      if (filingKindFlows[filing.kind].holds === 'place') await refuseConflict(step, filing, numbers);
      return { act: 'approved_under', ...numbers };
    });
  }
  if (act.act === 'answer_task')
    refuseUncarried(request, { opinion: act.opinion, verifier: act.verifier, errors: act.errors });
  if (act.act === 'report_unfiled') {
    refuseUncarried(request, { handling: act.handling });
    await refuseNoChoice(request, row, act.result);
  }
  if (act.act !== 'is_about') return act;
  return inTransaction(request, async (step) => {
    const meant = (await step.tx.filings.find(act.filingId))?.submissionId ?? null;
    if (meant === null) throw step.fault('authority.case_unfit');
    return { act: 'is_about', submissionId: meant };
  });
}

/** @throws Fault `input.invalid` at a result that the province’s table does not have; where it has sent none, the operator knows it */
async function refuseNoChoice(
  request: FlowRequest<'authority.case_unfit' | 'object.not_found'>,
  { kind, provinceCode }: CaseRow,
  result: number,
): Promise<void> {
  const choices = await deskOf(request).listAnswers(kind, provinceCode);
  if (choices.length === 0 || choices.some(({ id }) => id === result)) return;
  const named = choices.map(({ id, zh }) => `${id} ${zh}`).join('、');
  const place = { path: 'act.result', expected: `one of: ${named}`, expectedZh: `应为：${named}` };
  throw request.fault('input.invalid', { places: [place] });
}

/** @throws Fault `input.invalid` at a text with characters that would not arrive as they were written */
function refuseUncarried(
  { deps, fault }: FlowRequest<'authority.case_unfit'>,
  texts: Readonly<Record<string, string>>,
) {
  const places = Object.entries(texts).flatMap(([name, text]) => {
    const found = deps.authority.findUncarried?.(text) ?? [];
    if (found.length === 0) return [];
    const [expected, expectedZh] = [
      `no ${found.join(' ')}: GBK has no such characters`,
      `不能含 ${found.join(' ')}：管局系统无法接收`,
    ];
    return [{ path: `act.${name}`, expected, expectedZh }];
  });
  if (places.length > 0) throw fault('input.invalid', { places });
}

/** An operator has removed what stopped the line. */
export const resumeAuthorityLine = commandInParts(
  { id: 'resumeAuthorityLine', faults: ['object.not_found'] },
  async (request, input: { readonly provinceCode: string }) => {
    const { provinceCode } = input;
    const { line } = await lineOf(request, provinceCode);
    return onceForKey(request, input, async (step) => {
      const resumed = await step.tx.authorityLedger.resumeLine(line);
      if (resumed) {
        const because = line.stoppedBecause?.code ?? null;
        await recordAudit(step, 'AuthorityLineResumed', { kind: 'authority_line', id: provinceCode }, { because });
      }
      return { resumed };
    });
  },
);
