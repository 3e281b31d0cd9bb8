import type { Day } from '../calendar/index.ts';
import type { MaterialKey } from '../filing/index.ts';
import type { Finding } from '../forms/index.ts';
import type { MaterialPart } from './material-table.ts';
import type { NeededMaterial } from './needed-materials.ts';
import { findSignedOn, type SigningTerms } from './signed-on.ts';

/** A picture that was taken, as far as the check of the whole looks at it. */
export interface GivenMaterial {
  readonly key: MaterialKey;
  readonly part: MaterialPart;
  /** What the form said it is a picture of when it was uploaded. */
  readonly certificateType: string | null;
  /** The day that it bears; null: nobody said, or it bears none. */
  readonly signedOn: Day | null;
  /** The same for the same picture. */
  readonly contentHash: string;
}

const finding = (field: string, rule: string, message: Finding['message'], remedy: Finding['remedy']): Finding => ({
  field,
  rule,
  message,
  remedy,
  source: 'TC-MATERIALS',
  from: 'pre_check',
});

/** What is missing or does not fit together, of everything a filing needs. */
export function findMissingMaterials(
  needed: readonly NeededMaterial[],
  given: readonly GivenMaterial[],
  terms: SigningTerms,
): Finding[] {
  const dated = needed.flatMap((one) => wronglySigned(one, given, terms));
  return [...needed.flatMap((one) => missing(one, given)), ...sameSides(needed, given), ...dated];
}

/** A paper may grow too old between its upload and the submission. One day is enough for all of its pages. */
function wronglySigned(one: NeededMaterial, given: readonly GivenMaterial[], terms: SigningTerms): Finding[] {
  const pages = given.filter(({ key, part }) => one.isSigned && key === one.key && part === one.part);
  const said = pages.flatMap(({ signedOn }) => (signedOn === null ? [] : [signedOn]));
  const days = pages.length > 0 && said.length === 0 ? [null] : said;
  const found = days.map((day) => findSignedOn(day, one.field, terms)).find((finding) => finding !== null);
  return found === undefined || found === null ? [] : [found];
}

function missing(one: NeededMaterial, given: readonly GivenMaterial[]): Finding[] {
  const own = given.filter(({ key, part }) => key === one.key && part === one.part);
  if (own.length === 0) {
    if (!one.isRequired) return [];
    return [
      finding(
        one.field,
        'material.missing',
        { zh: `尚未上传${one.name.zh}。`, en: `Not uploaded yet: ${one.name.en}.` },
        { zh: `请上传${one.name.zh}的照片或扫描件。`, en: `Upload a photo or scan: ${one.name.en}.` },
      ),
    ];
  }
  const isOther = ({ certificateType }: GivenMaterial) =>
    one.certificateType !== null && certificateType !== null && certificateType !== one.certificateType;
  if (!own.some(isOther)) return [];
  return [
    finding(
      one.field,
      'material.other_certificate',
      {
        zh: `${one.name.zh}上传后，表单中的证件类型已改变。`,
        en: `The certificate type in the form has changed since this was uploaded: ${one.name.en}.`,
      },
      { zh: '请上传表单中所填证件的图片。', en: 'Upload a picture of the certificate that the form names.' },
    ),
  ];
}

/** Front and back are two pictures. */
function sameSides(needed: readonly NeededMaterial[], given: readonly GivenMaterial[]): Finding[] {
  return needed
    .filter(({ part }) => part === 'back')
    .flatMap(({ key, field }) => {
      const hashOf = (part: MaterialPart) => given.find((one) => one.key === key && one.part === part)?.contentHash;
      const front = hashOf('front');
      if (front === undefined || front !== hashOf('back')) return [];
      return [
        finding(
          field,
          'material.same_sides',
          { zh: '证件的两面上传了同一张图片。', en: 'Both sides of the document are the same picture.' },
          { zh: '请分别上传人像面和国徽面。', en: 'Upload the portrait side and the back as two pictures.' },
        ),
      ];
    });
}
