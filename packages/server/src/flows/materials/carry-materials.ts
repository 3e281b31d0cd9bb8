import { dayOf } from '@openbeian/model/calendar';
import { formLimitsOn } from '@openbeian/model/forms';
import {
  isCarriedAlong,
  judgePicture,
  materialField,
  materialTable,
  type NeededMaterial,
} from '@openbeian/model/materials';
import type { FilingRow, SeenMaterial } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { currentFormValues } from '../filing/form-values.ts';
import { materialRulesAt, neededOf } from './material-places.ts';

/**
 * Gives a filing that was copied from another one its pictures that show the same person or organiser by the same certificate, where
 * that is still valid; of the same stored content. They are looked at by the rules of today. What is of one name stays behind.
 */
export async function carryMaterials(step: Step, source: FilingRow, copy: FilingRow): Promise<void> {
  const { deps, tx, at } = step;
  const forms = {
    from: currentFormValues(deps, source, at),
    to: currentFormValues(deps, copy, at),
    at: dayOf(at),
    minDaysLeft: formLimitsOn(deps.formLimits, dayOf(at))?.certificates?.minDaysLeft ?? 0,
  };
  const given = await tx.materials.list(source.id);
  for (const place of neededOf(deps, copy, at)) {
    if (!isCarriedAlong(place, forms)) continue;
    const own = given.filter((one) => isFor(place, one)).slice(-place.most);
    for (const material of own) await carry(step, copy.id, place, material);
  }
}

const isFor = (place: NeededMaterial, { key, part, certificateType }: SeenMaterial): boolean =>
  key === place.key &&
  part === place.part &&
  (certificateType === null || place.certificateType === null || certificateType === place.certificateType);

async function carry(
  step: Step,
  filingId: string,
  place: NeededMaterial,
  { blob, signedOn }: SeenMaterial,
): Promise<void> {
  const { deps, tx, actor, at } = step;
  const { key, part } = place;
  const field = materialField(key, part);
  const found = judgePicture(blob.facts, materialTable[key].picture, { field, rules: materialRulesAt(deps, at) });
  if (found.some(({ from }) => from === 'pre_check')) return;
  // Kept from being dropped until this is written; what is gone already stays behind.
  const content = await tx.materials.findStoredBlob([blob.contentHash]);
  if (content === null) return;
  await tx.materials.insert({
    id: deps.ids.next('mat'),
    filingId,
    blobId: content.id,
    key,
    part,
    certificateType: place.certificateType,
    signedOn,
    advice: found,
    addedAt: at,
    addedBy: actor.userId,
  });
}
