import { courseOf, type FilingKind, smsTexts } from '@openbeian/model/filing';
import { withBothPrincipals } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { maskedValues } from './form-values.ts';

/** Who confirms the SMS of a filing, where and by which rules. The authority says when all have, not who has. */
export interface SmsView {
  readonly pageUrl: string | null;
  readonly people: { who: keyof typeof smsTexts; text: { zh: string; en: string }; mobile: string | null }[];
  /** Wrong codes by one person, and SMS sent again within the time, after which the authority returns the filing. */
  readonly tries: number;
  readonly resends: number;
  readonly source: string;
}

/** @param kind the one that the asker is told of */
export function smsViewOf(
  deps: FlowDeps,
  filing: FilingRow,
  { kind, at }: { kind: FilingKind; at: string },
): SmsView | null {
  if (filing.state !== 'awaiting_sms') return null;
  const { tries, resends, source } = deps.desk.smsRules;
  const mobiles = mobilesOf(deps, filing, at);
  const people = courseOf(kind).smsBy.map((who) => ({ who, text: smsTexts[who], mobile: mobiles[who] }));
  return { pageUrl: deps.smsPageUrl, people, tries, resends, source };
}

/** Masked, whoever asks. What cannot be opened is left out: the filing is shown all the same. */
function mobilesOf(
  deps: FlowDeps,
  filing: FilingRow,
  at: string,
): Readonly<Record<keyof typeof smsTexts, string | null>> {
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
