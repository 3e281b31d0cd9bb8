import {
  courseOf,
  type FilingKind,
  type SmsPerson,
  type SmsState,
  smsCodeText,
  smsStates,
  smsTexts,
} from '@openbeian/model/filing';
import { withBothPrincipals } from '@openbeian/model/forms';
import type { FilingRow, SmsOfPerson } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { maskedValues } from './form-values.ts';

type Text = { zh: string; en: string };

/** How far one person is, as the authority said last. */
interface SmsPersonView {
  readonly who: SmsPerson;
  readonly text: Text;
  readonly mobile: string | null;
  readonly state: SmsState | null;
  readonly stateText: Text | null;
  readonly code: string | null;
  readonly codeText: Text | null;
  readonly changedAt: string | null;
  readonly resends: number;
  readonly resendsLeft: number;
  readonly triesLeft: number;
}

/** Who confirms the SMS of a filing, where, until when and by which rules, and how far each of them is. */
export interface SmsView {
  readonly pageUrl: string | null;
  readonly dueAt: string | null;
  readonly people: SmsPersonView[];
  /** Wrong codes by one person, and SMS sent again within the time, after which the authority returns the filing. */
  readonly tries: number;
  readonly resends: number;
  readonly source: string;
}

/** While it is due, and once it failed. @param kind the one that the asker is told of */
export async function smsViewOf(
  { deps, tx, at }: Pick<Step, 'deps' | 'tx' | 'at'>,
  filing: FilingRow,
  kind: FilingKind,
): Promise<SmsView | null> {
  const { state, submissionId, dueAt } = filing;
  const isDue = state === 'awaiting_sms';
  if (!isDue && state !== 'sms_failed') return null;
  const { tries, resends, source } = deps.desk.smsRules;
  const mobiles = mobilesOf(deps, filing, at);
  const said = submissionId === null ? [] : await tx.exchange.listSms(submissionId);
  const people = peopleOf(kind, filing).map((who): SmsPersonView => {
    const one = said.find(({ person }) => person === who);
    return { who, text: smsTexts[who], mobile: mobiles[who], ...progressOf(one, { tries, resends }) };
  });
  return { pageUrl: isDue ? deps.smsPageUrl : null, dueAt: isDue ? dueAt : null, people, tries, resends, source };
}

/** An individual in charge of both confirms once. */
function peopleOf(kind: FilingKind, { subjectKind }: FilingRow): readonly SmsPerson[] {
  const { smsBy } = courseOf(kind);
  return subjectKind === 'individual' && smsBy.length > 1 ? ['subject_principal'] : smsBy;
}

const progressOf = (said: SmsOfPerson | undefined, rules: { readonly tries: number; readonly resends: number }) => ({
  state: said?.state ?? null,
  stateText: said === undefined ? null : smsStates[said.state],
  code: said?.code ?? null,
  codeText: smsCodeText(said?.code ?? null),
  changedAt: said?.changedAt ?? null,
  resends: said?.resends ?? 0,
  resendsLeft: Math.max(0, rules.resends - (said?.resends ?? 0)),
  triesLeft: Math.max(0, rules.tries - (said?.wrongCodes ?? 0)),
});

/** Masked, whoever asks. What cannot be opened is left out: the filing is shown all the same. */
function mobilesOf(deps: FlowDeps, filing: FilingRow, at: string): Readonly<Record<SmsPerson, string | null>> {
  try {
    const values = withBothPrincipals(maskedValues(deps, filing, at));
    const mobileOf = (path: string) => {
      const value = values[path];
      return typeof value === 'string' && value !== '' ? value : null;
    };
    const subject = mobileOf('subject.principal.mobile');
    // An individual is in charge of both.
    const service = filing.subjectKind === 'individual' ? subject : mobileOf('service.principal.mobile');
    return { subject_principal: subject, service_principal: service };
  } catch {
    return { subject_principal: null, service_principal: null };
  }
}
