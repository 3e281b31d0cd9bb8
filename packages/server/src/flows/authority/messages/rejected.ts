import type { Finding } from '@openbeian/model/forms';
import type { AuthorityReason } from '../../../ports/index.ts';
import { sayIn } from '../../command/said.ts';
import { advanceFiling } from '../../filing/advance-filing.ts';
import { filingKindFlows } from '../../filing/kinds.ts';
import { countReview, countVerdict } from '../../filing/review-counts.ts';
import type { ApplyToFiling } from './message-step.ts';

/** The authority rejected the filing; its reasons become findings at the fields that they name. */
export const applyRejected: ApplyToFiling<'rejected'> = async (step, filing, { reasons }) => {
  const findings: Finding[] = [];
  for (const reason of reasons) {
    // What the authority writes may name people, too.
    findings.push(findingOf({ ...reason, text: await sayIn(step, 'elsewhere', reason.text) }));
  }
  await advanceFiling(step, filing, 'reject', {
    change: { findings },
    detail: { codes: reasons.flatMap(({ code }) => code ?? []) },
  });
  const list = findings.map(({ field, rule }) => ({ field, rule }));
  await countVerdict(step, filing, 'rejected');
  await countReview(step, filing, '', { outcome: null, reasons: { as: 'rejected_reason', list } });
  await filingKindFlows[filing.kind].onEnded(step, filing);
};

const findingOf = (reason: AuthorityReason): Finding =>
  reason.returnedBecause === undefined ? rejectedFor(reason) : returnedFor(reason.text, reason.returnedBecause);

const returnedFor = (zh: string, en: string): Finding => ({
  field: null,
  rule: 'authority.numbers_unfit',
  message: {
    zh: `管局下发的备案号无法登记：${zh}`,
    en: `The number that the authority gave cannot be recorded: ${en}`,
  },
  remedy: { zh: '请联系客服核实备案号，再重新提交。', en: 'Ask support about the number, then submit again.' },
  source: 'openbeian',
  from: 'authority',
});

const rejectedFor = ({ code, field, text }: AuthorityReason): Finding => ({
  field,
  rule: `authority.${code ?? 'stated'}`,
  message: {
    zh: `管局驳回${code === null ? '' : `（${code}）`}：${text}`,
    en: `Rejected by the authority${code === null ? '' : ` (${code})`}: ${text}`,
  },
  remedy: {
    zh: '按管局意见修改后重新提交；如有疑问请联系客服。',
    en: 'Change what the authority names and submit again; ask support if in doubt.',
  },
  source: 'ISP-V3',
  from: 'authority',
});
