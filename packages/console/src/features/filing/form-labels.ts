import { itemsOf } from '@openbeian/model/forms';
import { materialNameAt } from '@openbeian/model/materials';
import { verificationNameAt } from '@openbeian/model/verification';
import type { FilingForm, Finding } from '../../api/shapes.ts';
import type { BothTexts } from '../../language/words.ts';

/** @param besides what others found, which may name materials. The label of each field, with its section where another section has a field of the same label. */
export function labelsOf(
  form: FilingForm | undefined,
  pick: (text: BothTexts) => string,
  besides: readonly Finding[] = [],
): ReadonlyMap<string, string> {
  const fields = (form?.sections ?? []).flatMap((section) =>
    section.fields.map((field) => ({ path: field.path, label: pick(field.label), section: pick(section.title) })),
  );
  const items = (form?.sections ?? [])
    .flatMap((section) => section.fields)
    .flatMap((field) => {
      const count = itemsOf(form?.values[field.path]).length;
      return Array.from({ length: count }, (_one, index) =>
        field.item.map((part) => ({
          path: `${field.path}.${index}.${part.path}`,
          label: `${pick(field.label)} ${index + 1} · ${pick(part.label)}`,
        })),
      ).flat();
    });
  const materials = [...(form?.findings ?? []), ...besides].flatMap(({ field }) => {
    const name = field === null ? null : (materialNameAt(field) ?? verificationNameAt(field));
    return field === null || name === null ? [] : [[field, pick(name)] as const];
  });
  const times = new Map<string, number>();
  for (const { label } of fields) times.set(label, (times.get(label) ?? 0) + 1);
  return new Map([
    ...fields.map(
      ({ path, label, section }) => [path, times.get(label) === 1 ? label : `${section} · ${label}`] as const,
    ),
    ...items.map(({ path, label }) => [path, label] as const),
    ...materials,
  ]);
}
