import type { FieldDefinition } from './definition.ts';

/** A required line of text of at most 255 characters, but for what is said otherwise. */
export const defineField = (
  init: Partial<FieldDefinition> & Pick<FieldDefinition, 'path' | 'label'>,
): FieldDefinition => ({
  help: null,
  input: 'text',
  options: [],
  notOffered: null,
  required: true,
  personal: null,
  maxLength: 255,
  most: null,
  askedWhen: [],
  item: [],
  rules: [],
  ...init,
});
