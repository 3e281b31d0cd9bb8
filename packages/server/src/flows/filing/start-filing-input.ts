import type { ServiceKind, SubjectKind } from '@openbeian/model/filing';

export interface StartFilingInput {
  readonly domainName: string;
  readonly serviceKind: ServiceKind;
  readonly subjectKind: SubjectKind;
  /** One of the natures that `subjectKind` covers; unless said, the first with that certificate. */
  readonly nature?: string | undefined;
  readonly provinceCode: string;
  readonly certificateType: string;
  readonly certificateNumber: string;
  /** What was filed before has another certificate or nature than this organiser has now. */
  readonly subjectChanged?: 'certificate' | 'nature' | undefined;
  /** The subject's filing number, where it has one: whoever knows it has shown to be the subject. */
  readonly subjectNumber?: string | undefined;
  /** The number under which the name is filed, as the customer says; of effect only where the authority cannot be asked. */
  readonly serviceNumber?: string | undefined;
}
