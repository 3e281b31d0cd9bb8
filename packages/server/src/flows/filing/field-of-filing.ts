import { formFor, hasField } from '@openbeian/model/forms';
import { materialNameAt } from '@openbeian/model/materials';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { formContextOf } from './form-values.ts';

/** Asks whether something can be said against that path of the filing: a field of its form, or a material. */
export function fieldsOfFiling({ deps, at }: Pick<Step, 'deps' | 'at'>, filing: FilingRow): (path: string) => boolean {
  const form = formFor(formContextOf(deps, filing, at));
  return (path) => hasField(form, path) || materialNameAt(path) !== null;
}
