import { command } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { isMaterialOpen } from '../filing/form-view.ts';

/** Takes a picture out of the filing; its file is deleted after the retention time. */
export const removeMaterial = command(
  { id: 'removeMaterial', faults: ['object.not_found', 'filing.wrong_state'] },
  async (step, { materialId }: { readonly materialId: string }) => {
    const { tx, actor, at } = step;
    ownAccount(actor);
    const material = await tx.materials.find(materialId);
    if (material === null) throw step.fault('object.not_found');
    const filing = requireVisible(step, await tx.filings.findForUpdate(material.filingId), (one) => [one.accountId]);
    if (!isMaterialOpen(filing, material.key, material.part)) throw step.fault('filing.wrong_state');
    if (!(await tx.materials.remove(materialId, at))) throw step.fault('object.not_found');
    return {};
  },
);
