import { toldFinding } from '@openbeian/model/forms';
import { lettersOf, letterTable, ownFormsIn } from '@openbeian/model/materials';
import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { isEditable, isMaterialOpen } from '../filing/form-view.ts';
import { isForOther } from '../filing/organiser-facts.ts';
import { refusedPictures } from '../filing/refused-pictures.ts';
import { findMaterialFindings, materialRulesAt, neededOf, rulesInForce } from './material-places.ts';
import { materialViewOf, uploadViewOf } from './upload-view.ts';

/** What a filing needs and has: each material with its pictures, uploads under way, and what is missing. */
export const listMaterials = query(
  { id: 'listMaterials', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const { deps, tx, at } = step;
    const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    const given = await tx.materials.list(filingId);
    const stand = await tx.records.findOrganiserStand(filing);
    const more = { isForOther: stand !== null && stand.mayFileForOthers && isForOther(stand, filing) };
    const needed = neededOf(deps, filing, at, more);
    const findings = await findMaterialFindings(step, filing);
    const refused = await refusedPictures(step, filing);
    const uploads = isEditable(filing) ? await tx.materials.listUploads(filingId, at) : [];
    const rules = rulesInForce(deps, filing, at);
    const { mostBytes } = materialRulesAt(deps, at).upload;
    const isPlaced = (one: (typeof given)[number]) =>
      needed.some(({ key, part }) => one.key === key && one.part === part);
    return {
      needed: needed.map((place) => ({
        ...place,
        isOpen: isMaterialOpen(filing, place.key, place.part),
        isRefused: refused.some(({ field }) => field === place.field),
        materials: given.filter(({ key, part }) => key === place.key && part === place.part).map(materialViewOf),
      })),
      // Uploaded while the form said otherwise.
      unneeded: given.filter((one) => !isPlaced(one)).map(materialViewOf),
      uploads: uploads.map(uploadViewOf),
      findings: findings.map((finding) => toldFinding(finding)),
      letters:
        needed.length === 0 ? [] : lettersOf({ ...filing, ...more }, rules).map((id) => ({ id, ...letterTable[id] })),
      ownForms: needed.length === 0 ? [] : [...ownFormsIn(rules)],
      mostBytes: mostBytes.value,
      isEditable: isEditable(filing),
    };
  },
);
