import { natureOf } from '../../code-tables/index.ts';
import type { FormContext, FormValues } from '../engine/definition.ts';

/** The nature of the organiser; where a form of before there were natures says none, the one its certificate belongs to. */
export function natureIn(
  values: FormValues,
  { tables, subjectKind, at }: Pick<FormContext, 'tables' | 'subjectKind' | 'at'>,
): string {
  const said = values['subject.nature'];
  if (typeof said === 'string' && said !== '') return said;
  return natureOf(tables, subjectKind, values['subject.certificateType'], at);
}
