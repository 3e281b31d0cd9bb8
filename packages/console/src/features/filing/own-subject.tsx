import { subjectKinds } from '@openbeian/model/filing';
import { Alert } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { offeredCertificate } from './offered-certificate.ts';
import { ownSubjectWords } from './own-subject-words.ts';

export type OwnSubject = AnswerOf<'getOwnSubject'>;
type Nature = AnswerOf<'listNatures'>['natures'][number];

/** How the account is verified, and what is on record of it: what a new filing starts from. */
export const useOwnSubject = () => useAnswer('getOwnSubject', {});

/** The first answers about the organiser: an account files for itself unless somebody says otherwise. */
export function startsFrom(own: OwnSubject | undefined, natures: readonly Nature[]) {
  const subject = own?.subject ?? null;
  const verified = subjectKinds.find((kind) => kind === own?.realName);
  const subjectKind = subject?.subjectKind ?? verified ?? 'individual';
  const nature =
    natures.find(({ value }) => value === subject?.nature) ??
    natures.find(({ value }) => value === subjectKind) ??
    natures.find((one) => one.subjectKind === subjectKind);
  const offered = offeredCertificate(nature?.certificates ?? []) || 'resident_id';
  return {
    subjectKind,
    certificateType: subject?.certificateType ?? offered,
    ...(nature && { nature: nature.value }),
    ...(subject && { provinceCode: subject.provinceCode }),
  };
}

/** What was filled in and why; of an account that is not verified, that it files nothing yet. */
export function OwnSubjectNote({ own, step }: { readonly own: OwnSubject | undefined; readonly step: 0 | 1 }) {
  const { t } = useText(ownSubjectWords);
  if (own?.realName === 'none') {
    return (
      step === 0 && <Alert type="warning" showIcon title={t.ownSubject.notVerified} style={{ marginBottom: 16 }} />
    );
  }
  if (step === 0 || !own?.subject) return null;
  const { unitName, number } = own.subject;
  const title = t.ownSubject.filledIn(unitName === null ? number : `${unitName}（${number}）`);
  const more = own.mayFileForOthers ? t.ownSubject.othersAllowed : t.ownSubject.ownOnly;
  return <Alert type="info" showIcon title={title} description={more} style={{ marginBottom: 16 }} />;
}
