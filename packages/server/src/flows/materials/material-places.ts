import { dayOf } from '@openbeian/model/calendar';
import type { MaterialKey } from '@openbeian/model/filing';
import type { Finding } from '@openbeian/model/forms';
import {
  findMissingMaterials,
  type MaterialContext,
  type MaterialPart,
  type MaterialRules,
  materialRulesOn,
  type NeededMaterial,
  neededMaterials,
  type SigningTerms,
  undatedRule,
} from '@openbeian/model/materials';
import { type ProvinceRule, provinceRulesFor } from '@openbeian/model/province';
import type { FilingRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues } from '../filing/form-values.ts';
import { isVerifiedByPhone } from '../verification/verified-people.ts';

/** The materials that this filing may carry, as its form is now. */
export const neededOf = (
  deps: FlowDeps,
  filing: FilingRow,
  at: string,
  more: Pick<MaterialContext, 'isForOther'> = {},
): NeededMaterial[] =>
  neededMaterials(currentFormValues(deps, filing, at), {
    ...filing,
    ...more,
    isVerifiedByPhone: isVerifiedByPhone(deps, filing, at),
  });

export const materialRulesAt = (deps: FlowDeps, at: string): MaterialRules =>
  materialRulesOn(deps.materials.rules, dayOf(at));

/** The rules of its province that are in force for this filing. */
export const rulesInForce = (deps: FlowDeps, filing: FilingRow, at: string): readonly ProvinceRule[] =>
  provinceRulesFor(deps.provinceRules(filing.provinceCode), { ...filing, at: dayOf(at) });

/** For how long signed papers of this filing are good. */
export const signingTermsOf = ({ deps, at }: Pick<Step, 'deps' | 'at'>, { provinceCode }: FilingRow): SigningTerms => ({
  rules: materialRulesAt(deps, at),
  provinceCode,
  calendar: deps.calendar,
  at: dayOf(at),
});

/** The place of that picture in the filing. @throws Fault `input.invalid` where the filing has none of it */
export function requirePlace(
  step: Pick<Step, 'deps' | 'at' | 'fault'>,
  filing: FilingRow,
  { key, part }: { readonly key: MaterialKey; readonly part: MaterialPart },
): NeededMaterial {
  const needed = neededOf(step.deps, filing, step.at);
  const place = needed.find((one) => one.key === key && one.part === part);
  if (place !== undefined) return place;
  const known = needed.map((one) => `${one.key}/${one.part}`).join(', ');
  throw step.fault('input.invalid', {
    places: [
      {
        path: 'body.key',
        expected: known === '' ? 'nothing: this filing takes no materials' : `one of ${known}`,
        expectedZh: known === '' ? '该订单无须上传材料' : `应为 ${known} 之一`,
      },
    ],
  });
}

/** What materials still lack before the filing can be submitted; none where the deployment does not demand them. */
export async function findMaterialFindings(step: Step, filing: FilingRow): Promise<Finding[]> {
  const { deps, tx, at } = step;
  if (!deps.materials.areRequired) return [];
  const needed = neededOf(deps, filing, at);
  if (needed.length === 0) return [];
  const given = await tx.materials.list(filing.id);
  const found = findMissingMaterials(
    needed,
    given.map(({ key, part, certificateType, signedOn, blob }) => ({
      key,
      part,
      certificateType,
      signedOn,
      contentHash: blob.contentHash,
    })),
    signingTermsOf(step, filing),
  );
  // While a reviewer asks, pictures that are not asked for stay as they are: of those uploaded undated no day is asked now.
  const isReplaceable = ({ field }: Finding) =>
    filing.askedAt === null || filing.findings.some((one) => one.field === field);
  return found.filter((finding) => finding.rule !== undatedRule || isReplaceable(finding));
}
