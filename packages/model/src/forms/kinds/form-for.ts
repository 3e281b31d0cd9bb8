import type { OpeningKind } from '../../filing/kinds.ts';
import type { FormContext, FormDefinition, FormSection } from '../engine/definition.ts';
import { servicePrincipalSection, subjectPrincipalSection } from '../fields/principal-fields.ts';
import { serviceSection } from '../fields/service-fields.ts';
import { subjectSection } from '../fields/subject-fields.ts';

/** A section of the form; null where these filings are not asked for it. */
type SectionOf = (context: FormContext) => FormSection | null;

const everything: readonly SectionOf[] = [
  subjectSection,
  subjectPrincipalSection,
  serviceSection,
  servicePrincipalSection,
];

/** What the form of each kind asks, in this order. A new kind of filing is a row here. */
const sectionsOf: Readonly<Record<OpeningKind, readonly SectionOf[]>> = {
  first: everything,
  // It may not alter what is on record, and still states it: the authority compares.
  access: everything,
  // The subject is filed here, so it is not asked again.
  add_site_here: [serviceSection, servicePrincipalSection],
  add_site_elsewhere: everything,
};

/** The form of a filing, as data: which sections and fields are asked depends on the filing. */
export function formFor(context: FormContext): FormDefinition {
  return { sections: sectionsOf[context.kind].flatMap((section) => section(context) ?? []) };
}
