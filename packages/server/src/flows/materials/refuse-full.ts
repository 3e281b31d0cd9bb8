import { toldFinding } from '@openbeian/model/forms';
import type { NeededMaterial } from '@openbeian/model/materials';
import type { Step } from '../command/step.ts';

/** One picture makes room for the next; where there may be several, one is removed first. @throws Fault `material.refused` */
export async function refuseFull(
  step: Step<'material.refused'>,
  filingId: string,
  place: NeededMaterial,
): Promise<void> {
  if (place.most === 1) return;
  const there = await step.tx.materials.list(filingId);
  if (there.filter(({ key, part }) => key === place.key && part === place.part).length < place.most) return;
  const finding = toldFinding({
    field: place.field,
    rule: 'material.too_many',
    message: {
      zh: `${place.name.zh}最多 ${place.most} 张，已经上传满。`,
      en: `There may be ${place.most} pictures of this at most: ${place.name.en}.`,
    },
    remedy: { zh: '请先删除不需要的图片。', en: 'Remove one that is not needed first.' },
    source: 'openbeian',
    from: 'pre_check',
  });
  throw step.fault('material.refused', { findings: [finding] });
}
