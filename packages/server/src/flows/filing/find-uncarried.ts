import { type Finding, formFor } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues, formContextOf } from './form-values.ts';

/** Texts with characters that would not arrive at the authority as they were written (𠮷, 㐂 …), each at its field. */
export function findUncarried({ deps, at }: Step, filing: FilingRow): Finding[] {
  const { authority } = deps;
  if (authority.findUncarried === undefined) return [];
  const values = currentFormValues(deps, filing, at);
  const fields = formFor(formContextOf(deps, filing, at)).sections.flatMap((section) => section.fields);
  return fields.flatMap(({ path }) => {
    const found = authority.findUncarried?.(textsIn(values[path]).join('\n')) ?? [];
    return found.length === 0 ? [] : [findingOf(path, found)];
  });
}

/** Every text of a value, those of items included. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

const findingOf = (field: string, characters: readonly string[]): Finding => ({
  field,
  rule: 'authority.characters',
  message: {
    zh: `管局系统无法接收这些字符：${characters.join(' ')}`,
    en: `The authority’s system cannot take these characters: ${characters.join(' ')}`,
  },
  remedy: {
    zh: '请按管局系统可接收的写法填写（例如证件上的替代字）；无法替代的，请联系客服。',
    en: 'Write it as the authority’s system takes it, such as with the character that the certificate stands in for it; otherwise ask support.',
  },
  source: 'ISP-V3',
  from: 'pre_check',
});
