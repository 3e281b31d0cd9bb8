import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition } from '../engine/definition.ts';

/** From when and until when a certificate is valid; `owner` is where its type and number are. */
export const validityFields = (owner: string): FieldDefinition[] => [
  defineField({
    path: `${owner}.certificateValidFrom`,
    label: { zh: '证件有效期起', en: 'Certificate valid from' },
    input: 'date',
    maxLength: 10,
    rules: ['validity.begun'],
  }),
  defineField({
    path: `${owner}.certificateValidTo`,
    label: { zh: '证件有效期止', en: 'Certificate valid until' },
    help: { zh: '证件上写“长期”的选择长期。', en: 'Choose long-term if the certificate says so.' },
    input: 'until',
    maxLength: 10,
    rules: ['validity.order', 'validity.left'],
  }),
];
