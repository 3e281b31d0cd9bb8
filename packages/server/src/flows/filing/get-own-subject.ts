import type { SubjectRecordRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { openValues } from './form-values.ts';

/** What a new filing starts from: an account files for itself first. No number of a certificate, and no name of an individual. */
export const getOwnSubject = query({ id: 'getOwnSubject', faults: [] }, async (step: Step) => {
  const { tx, actor } = step;
  const accountId = ownAccount(actor);
  const account = await tx.accounts.find(accountId);
  const subject = await tx.records.findSubjectOfAccount(accountId);
  const { realName = 'none', mayFileForOthers = false } = account ?? {};
  return { realName, mayFileForOthers, subject: subject && (await subjectViewOf(step, subject)) };
});

async function subjectViewOf({ deps, tx }: Step, subject: SubjectRecordRow) {
  const { number, unitName, subjectKind, provinceCode } = subject;
  const last = await tx.filings.findLastFiledOf({ subjectNumber: number });
  const values = last === null ? {} : openValues(deps, last.id, last.form);
  const text = (path: string) => {
    const value = values[path];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const [nature, certificateType] = [text('subject.nature'), text('subject.certificateType')];
  return { number, unitName, subjectKind, provinceCode, nature, certificateType };
}
