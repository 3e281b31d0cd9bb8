import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FormContext } from '../engine/definition.ts';

/** Kinds of filing that interface V3.0 takes with the password only (`ICPmm` of 新增接入 and of the end of a subject). */
const kinds: readonly FormContext['kind'][] = ['access', 'access_one_click', 'cancel_subject'];

/** The password that the authority gave the organiser with its number. Nothing where the line to the authority asks for none. */
export function filingPasswordField(
  { kind, asksFilingPassword = false }: FormContext,
  section: 'service.access' | 'cancellation',
): readonly FieldDefinition[] {
  if (!asksFilingPassword || !kinds.includes(kind)) return [];
  return [
    defineField({
      path: `${section}.filingPassword`,
      label: { zh: '备案密码', en: 'Filing password' },
      help: {
        zh: '主体首次备案通过时由管局发给主体负责人；忘记的，请在管局网站找回。',
        en: 'The authority sent it to the organiser’s principal with its first number; its site helps who has lost it.',
      },
      personal: 'password',
      maxLength: 64,
    }),
  ];
}
