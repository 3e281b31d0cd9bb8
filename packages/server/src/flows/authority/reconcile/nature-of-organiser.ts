import { dayOf } from '@openbeian/model/calendar';
import { rowsOn } from '@openbeian/model/code-tables';
import type { FiledOrganiser } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';

/** What an organiser is in the authority’s book, by its tables. The interface may leave it out; its certificate says it too. */
export function natureOfOrganiser(
  { deps, at }: Pick<Step, 'deps' | 'at'>,
  organiser: FiledOrganiser | null,
  provinceCode: string,
) {
  const natures = rowsOn(deps.codeTablesOf(provinceCode).natures, dayOf(at));
  const certificateId = organiser?.certificateId ?? -1;
  return (
    natures.find(({ id }) => id === organiser?.nature) ??
    natures.find(({ certificates }) => certificates.includes(certificateId))
  );
}
