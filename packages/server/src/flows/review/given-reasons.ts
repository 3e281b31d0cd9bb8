import type { Finding } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import { sayIn } from '../command/said.ts';
import type { Step } from '../command/step.ts';
import { fieldsOfFiling } from '../filing/field-of-filing.ts';

export interface GivenReason {
  readonly field: string | null;
  /** Of the catalogue of return reasons. */
  readonly reasonId: string;
  readonly comment: string;
}

/** What a reviewer gave, as findings at their fields. @throws Fault `input.invalid` for an unknown reason or field */
export async function findingsOf(step: Step, filing: FilingRow, reasons: readonly GivenReason[]): Promise<Finding[]> {
  const isField = fieldsOfFiling(step, filing);
  const findings: Finding[] = [];
  for (const [index, reason] of reasons.entries()) findings.push(await findingOf(step, isField, reason, index));
  return findings;
}

async function findingOf(
  step: Step,
  isField: (path: string) => boolean,
  given: GivenReason,
  index: number,
): Promise<Finding> {
  const reason = step.deps.returnReasons.find((one) => one.id === given.reasonId);
  const refuse = (path: string, expected: string, expectedZh: string): never => {
    throw step.fault('input.invalid', { places: [{ path: `reasons[${index}].${path}`, expected, expectedZh }] });
  };
  if (reason === undefined)
    return refuse('reasonId', 'an id of the catalogue of rejection reasons', '应为驳回原因目录中的编号');
  if (given.field !== null && !isField(given.field))
    return refuse('field', 'a field of this filing’s form, a material, or null', '应为本表单中的栏目或材料，或为空');
  if (reason.id === 'other' && given.comment.trim() === '') {
    return refuse('comment', 'a comment, since “other” says nothing by itself', '选择“其他”时必须写明说明');
  }
  const comment = await sayIn(step, 'elsewhere', given.comment.trim());
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
