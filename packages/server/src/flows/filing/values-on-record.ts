import { filingKindTable } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { openValues } from './form-values.ts';

type About = Pick<FilingRow, 'kind' | 'subjectNumber' | 'serviceNumber'>;

/**
 * What is on record of what the filing is about: of the organiser by its latest filing, of the service by its own. Null where
 * neither was filed here.
 */
export async function valuesOnRecord({ deps, tx }: Step, about: About): Promise<Record<string, unknown> | null> {
  const { kind, serviceNumber } = about;
  const subjectNumber = about.subjectNumber ?? '';
  const last = await tx.filings.findLastFiledOf(serviceNumber === null ? { subjectNumber } : { serviceNumber });
  if (last === null) return null;
  const latest = (await tx.filings.findLastFiledOf({ subjectNumber })) ?? last;
  const of = (row: FilingRow, prefix: string) =>
    Object.entries(openValues(deps, row.id, row.form)).filter(([path]) => path.startsWith(prefix));
  const isOfSubject = filingKindTable[kind].about === 'subject';
  return Object.fromEntries([...of(latest, 'subject.'), ...(isOfSubject ? [] : of(last, 'service.'))]);
}
