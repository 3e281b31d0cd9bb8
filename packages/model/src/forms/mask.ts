import type { PersonalKind } from './definition.ts';

/** Hides a personal value while leaving enough to recognise it. */
export function maskValue(kind: PersonalKind, value: unknown): unknown {
  if (typeof value !== 'string' || value === '') return value;
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
    case 'address':
      return `${letters.slice(0, 6).join('')}＊＊＊`;
  }
}
