import { type FormPart, filingKindTable } from '../../filing/kinds.ts';
import type { FormContext, FormDefinition, FormSection } from '../engine/definition.ts';
import { servicePrincipalSection, subjectPrincipalSection } from '../fields/principal-fields.ts';
import { serviceSection } from '../fields/service-fields.ts';
import { subjectSection } from '../fields/subject-fields.ts';

/** Each section; null where a filing is not asked for it. */
const sectionOf: Readonly<Record<FormPart, (context: FormContext) => FormSection | null>> = {
  subject: subjectSection,
  'subject.principal': subjectPrincipalSection,
  service: serviceSection,
  'service.principal': servicePrincipalSection,
};

/** The form of a filing, as data: its kind says which sections it has (`filing/kinds.ts`), the filing which fields are asked. */
export function formFor(context: FormContext): FormDefinition {
  const { form } = filingKindTable[context.kind];
  return { sections: form.flatMap((part) => sectionOf[part](context) ?? []) };
}
