import { type FieldDefinition, isRecord, type PersonalKind } from './definition.ts';

/**
 * Hides a personal value while leaving enough to recognise it. Lists are masked item by item; a value that is neither text
 * nor a list, which no form asks for, is hidden whole.
 */
export function maskValue(kind: PersonalKind, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return value;
  if (Array.isArray(value)) return value.map((one) => maskValue(kind, one));
  if (typeof value !== 'string') return '＊＊＊';
  const letters = [...value];
  switch (kind) {
    case 'name':
      return `${letters[0]}${'＊'.repeat(Math.max(1, letters.length - 1))}`;
    case 'id':
      return letters.length <= 7 ? '＊'.repeat(letters.length) : `${value.slice(0, 3)}***********${value.slice(-4)}`;
    case 'phone':
      return letters.length < 8 ? '＊'.repeat(letters.length) : `${value.slice(0, 3)}****${value.slice(-4)}`;
    case 'email': {
      const [local = '', host = ''] = value.split('@');
      return `${local.charAt(0)}***@${host}`;
    }
    case 'password':
      return '＊＊＊';
    case 'address':
      return `${letters.slice(0, 6).join('')}＊＊＊`;
  }
}

/** The value of a field with everything personal in it hidden: the field itself, or fields of its items. */
export function maskField(field: FieldDefinition, value: unknown): unknown {
  if (field.personal !== null) return maskValue(field.personal, value);
  if (field.item.length === 0 || !Array.isArray(value)) return value;
  return value.map((item) => {
    if (!isRecord(item)) return '＊＊＊';
    const parts = field.item.map((part) => [part.path, maskField(part, item[part.path])] as const);
    return Object.fromEntries(parts.filter(([path]) => path in item));
  });
}
