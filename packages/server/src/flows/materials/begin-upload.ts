import type { MaterialKey } from '@openbeian/model/filing';
import { toldFinding } from '@openbeian/model/forms';
import { findSignedOn, findTooLarge, type MaterialPart, type NeededMaterial } from '@openbeian/model/materials';
import { type FilingRow, sealingContexts, type UploadRow } from '../../ports/index.ts';
import { command } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { isEditable, isMaterialOpen } from '../filing/form-view.ts';
import { materialRulesAt, requirePlace, signingTermsOf } from './material-places.ts';
import { refuseFull } from './refuse-full.ts';
import { uploadViewOf } from './upload-view.ts';

interface BeginUpload {
  readonly filingId: string;
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  readonly certificateType?: string | undefined;
  readonly bytes: number;
  readonly signedOn?: string | undefined;
}

const hourMs = 3_600_000;
/** How long an upload is waited for since its last part. */
const uploadMs = 24 * hourMs;
/** Uploads that may be under way for one filing; the oldest makes room. */
const mostUploads = 8;

export const expiryFrom = (at: string): string => new Date(Date.parse(at) + uploadMs).toISOString();

/**
 * Begins an upload of one picture: it names the filing, the material, its side and how many bytes come, and what does not fit is
 * refused before anything is sent. Another upload for the same place ends.
 */
export const beginUpload = command(
  { id: 'beginUpload', faults: ['object.not_found', 'filing.wrong_state', 'material.refused'] },
  async (step, input: BeginUpload) => {
    const { deps, tx, actor, at } = step;
    ownAccount(actor);
    const filing = requireVisible(step, await tx.filings.findForUpdate(input.filingId), (one) => [one.accountId]);
    if (!isEditable(filing)) throw step.fault('filing.wrong_state');
    const place = requirePlace(step, filing, input);
    if (!isMaterialOpen(filing, place.key, place.part)) throw step.fault('filing.wrong_state');
    refuseOtherCertificate(step, place, input.certificateType);
    refuseWrongDay(step, filing, place, input.signedOn);
    const tooLarge = findTooLarge(input.bytes, { field: place.field, rules: materialRulesAt(deps, at) });
    if (tooLarge !== null) throw step.fault('material.refused', { findings: [toldFinding(tooLarge)] });
    await refuseFull(step, filing.id, place);
    await makeRoom(step, filing, input);
    const id = deps.ids.next('upl');
    const upload: UploadRow = {
      id,
      filingId: filing.id,
      key: place.key,
      part: place.part,
      certificateType: place.certificateType,
      signedOn: place.isSigned ? (input.signedOn ?? null) : null,
      bytes: input.bytes,
      received: 0,
      sealedKey: deps.vault.seal(deps.vault.makeDataKey().text, sealingContexts.uploads(id)),
      begunBy: actor.userId,
      begunAt: at,
      expiresAt: expiryFrom(at),
    };
    await tx.materials.insertUpload(upload);
    return uploadViewOf(upload);
  },
);

/** A paper without its day, dated wrongly, or too old already, need not be uploaded. */
function refuseWrongDay(step: Step<'material.refused'>, filing: FilingRow, place: NeededMaterial, signedOn?: string) {
  if (!place.isSigned) return;
  const finding = findSignedOn(signedOn ?? null, place.field, signingTermsOf(step, filing));
  if (finding !== null) throw step.fault('material.refused', { findings: [toldFinding(finding)] });
}

/** Who says which certificate it is says the one of the form: the other way it would only show in review. */
function refuseOtherCertificate(step: Step<'material.refused'>, place: NeededMaterial, said: string | undefined) {
  if (said === undefined || said === place.certificateType) return;
  const finding = toldFinding({
    field: place.field,
    rule: 'material.other_certificate',
    message: {
      zh: '图片的证件类型与表单中填写的不一致。',
      en: 'The picture is of another certificate than the form names.',
    },
    remedy: {
      zh: '请上传表单中所填证件的图片，或先修改表单中的证件类型。',
      en: 'Upload a picture of the certificate that the form names, or change the form first.',
    },
    source: 'TC-MATERIALS',
    from: 'pre_check',
  });
  throw step.fault('material.refused', { findings: [finding] });
}

async function makeRoom({ tx, at }: Step, filing: FilingRow, { key, part }: BeginUpload): Promise<void> {
  const open = await tx.materials.listUploads(filing.id, at);
  const same = open.filter((one) => one.key === key && one.part === part);
  const others = open.filter((one) => !same.includes(one));
  for (const { id } of [...same, ...others.slice(mostUploads - 1)]) await tx.materials.deleteUpload(id);
}
