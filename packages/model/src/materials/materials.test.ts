import { loadHolidays } from '@openbeian/policies/holidays';
import { loadMaterialRules } from '@openbeian/policies/materials';
import { describe, expect, test } from 'vitest';
import { indexHolidays } from '../calendar/index.ts';
import { materialKeys } from '../filing/index.ts';
import {
  copyBytesOf,
  findDefect,
  findMissingMaterials,
  findTooLarge,
  judgePicture,
  materialRulesOn,
  materialTable,
  neededMaterials,
  type PictureFacts,
} from './index.ts';

const rules = materialRulesOn(loadMaterialRules(), '2026-11-30');
const terms = { rules, provinceCode: '110000', calendar: indexHolidays(loadHolidays()), at: '2026-11-30' } as const;
const place = { field: 'materials.pledge.whole', rules };
const good: PictureFacts = {
  mediaType: 'image/jpeg',
  bytes: 800_000,
  width: 1400,
  height: 950,
  isCmyk: false,
  isFromCamera: true,
  sharpness: 12,
  light: 180,
  contrast: 40,
  flatShare: 0.1,
};
const judged = (more: Partial<PictureFacts>, picture: 'paper' | 'card' | 'screen' | 'icon' = 'paper') =>
  judgePicture({ ...good, ...more }, picture, place).map(({ rule, from }) => `${rule} ${from}`);

describe('a picture', () => {
  test('that is readable has nothing against it', () => expect(judged({})).toEqual([]));

  test.each([
    [{ width: 719, height: 1280 }, 'material.too_small pre_check'],
    [{ width: 1279, height: 720 }, 'material.too_small pre_check'],
    [{ light: 20 }, 'material.dark pre_check'],
    [{ light: 50 }, 'material.dark advice'],
    [{ light: 254 }, 'material.bright pre_check'],
    [{ contrast: 1 }, 'material.empty pre_check'],
    [{ sharpness: 0.5 }, 'material.blurred pre_check'],
    [{ sharpness: 3 }, 'material.blurred advice'],
    // The worst is said alone: what is black is not called blurred as well.
    [{ light: 2, contrast: 0, sharpness: 0 }, 'material.dark pre_check'],
    [{ isCmyk: true }, 'material.cmyk advice'],
    [{ flatShare: 0.9, isFromCamera: false }, 'material.screenshot advice'],
  ] as const)('with %o is told so', (more, expected) => expect(judged(more)).toEqual([expected]));

  test('is held to what it is: turned either way, a screenshot of the registrar, an icon', () => {
    expect(judged({ width: 720, height: 1280 })).toEqual([]);
    expect(judged({ width: 1280, height: 720 })).toEqual([]);
    expect(judged({ flatShare: 0.9, isFromCamera: false, width: 800, height: 600 }, 'screen')).toEqual([]);
    expect(judged({ width: 128, height: 128, contrast: 1, flatShare: 1, isFromCamera: false }, 'icon')).toEqual([]);
    expect(judged({ width: 700, height: 1000 }, 'card')).toEqual([]);
  });

  test('that is not one, or is too large, is told what it is and what to do', () => {
    const pdf = findDefect({ defect: 'not_a_picture', found: 'application/pdf' }, place);
    expect(pdf).toMatchObject({ field: place.field, rule: 'material.type', from: 'pre_check', source: 'OTHER-CLOUDS' });
    expect(pdf.message.zh).toContain('application/pdf');
    expect(findTooLarge(4_194_304, place)).toBeNull();
    expect(findTooLarge(4_194_305, place)).toMatchObject({ rule: 'material.too_large', asOf: '2025-12-31' });
    for (const defect of ['animated', 'broken', 'too_heavy', 'no_small_copy'] as const) {
      expect(findDefect({ defect }, place)).toMatchObject({ field: place.field, remedy: { zh: expect.any(String) } });
    }
  });
});

describe('the materials of a filing', () => {
  const unit = { kind: 'first', subjectKind: 'enterprise', serviceKind: 'website' } as const;
  const required = (values: Readonly<Record<string, unknown>>, context: Parameters<typeof neededMaterials>[1] = unit) =>
    neededMaterials(values, context)
      .filter(({ isRequired }) => isRequired)
      .map(({ key, part }) => `${key}.${part}`);

  test('follow from what it is and what its form says', () => {
    const principal = 'subject.legalRepresentative.isPrincipal';
    const base = required({ [principal]: 'yes', 'service.principal.isSubjects': 'yes' });
    expect(base).toEqual([
      'subject_certificate.whole',
      'subject_principal_id.front',
      'subject_principal_id.back',
      'domain_certificate.whole',
      'pledge.whole',
      'verification.whole',
    ]);
    const another = required({ [principal]: 'no', 'service.preApproval': [{ type: 'news' }] });
    expect(another).toEqual(
      expect.arrayContaining(['legal_representative_id.front', 'principal_letter.whole', 'pre_approval.whole']),
    );
    expect(another).toContain('service_principal_id.back');
    const same = { 'subject.principal.certificateNumber': '1', 'service.principal.certificateNumber': '1' };
    expect(required({ [principal]: 'yes', ...same })).toEqual(base);
  });

  test('of somebody who is shown already are not called compulsory', () => {
    const whenOf = (isPrincipal: string, isSubjects: string) => {
      const values = {
        'subject.legalRepresentative.isPrincipal': isPrincipal,
        'service.principal.isSubjects': isSubjects,
      };
      const people = ['legal_representative_id', 'service_principal_id'];
      return neededMaterials(values, unit)
        .filter(({ key, part }) => people.includes(key) && part === 'front')
        .map(({ when }) => when.zh);
    };
    expect(whenOf('yes', 'yes')).toEqual(['按所填内容无须提交', '按所填内容无须提交']);
    expect(whenOf('no', 'no')).toEqual(['必交', '必交']);
  });

  test('of an app have its icon, of an individual no certificate beside the ID, of a cancellation none', () => {
    expect(required({}, { ...unit, serviceKind: 'app' })).toContain('app_icon.whole');
    const individual = neededMaterials(
      { 'subject.certificateType': 'resident_id' },
      { ...unit, subjectKind: 'individual' },
    );
    expect(individual.map(({ key }) => key)).not.toContain('subject_certificate');
    expect(individual[0]).toMatchObject({
      key: 'subject_principal_id',
      formField: 'subject.certificateNumber',
      certificateType: 'resident_id',
    });
    expect(neededMaterials({}, { ...unit, kind: 'cancel_site' })).toEqual([]);
  });

  test('are missing, of another certificate, or the same picture twice', () => {
    const values = { 'subject.principal.certificateType': 'resident_id', 'service.principal.isSubjects': 'yes' };
    const needed = neededMaterials(values, unit).filter(({ key }) => key === 'subject_principal_id');
    const found = (given: Parameters<typeof findMissingMaterials>[1]) =>
      findMissingMaterials(needed, given, terms).map(({ field, rule }) => `${field} ${rule}`);
    expect(found([])).toEqual([
      'materials.subject_principal_id.front material.missing',
      'materials.subject_principal_id.back material.missing',
    ]);
    const picture = { key: 'subject_principal_id', certificateType: 'resident_id', signedOn: null } as const;
    const front = { ...picture, part: 'front', contentHash: 'a' } as const;
    expect(found([front, { ...picture, part: 'back', contentHash: 'b' }])).toEqual([]);
    expect(found([front, { ...picture, part: 'back', contentHash: 'a' }])).toEqual([
      'materials.subject_principal_id.back material.same_sides',
    ]);
    expect(
      found([
        { ...front, certificateType: 'passport' },
        { ...picture, part: 'back', contentHash: 'b' },
      ]),
    ).toEqual(['materials.subject_principal_id.front material.other_certificate']);
  });

  test.each([
    ['110000', '2026-12-01', ['material.signed_in_future']],
    ['110000', '2026-11-30', []],
    // Three months.
    ['110000', '2026-08-30', []],
    ['110000', '2026-08-29', ['material.signed_too_long_ago']],
    // Sixty working days, in Guangdong.
    ['440000', '2026-08-30', ['material.signed_too_long_ago']],
    ['440000', '2026-10-09', []],
    // Nobody said its day.
    ['440000', null, ['material.undated']],
  ])('in %s a pledge of %s: %j', (provinceCode, signedOn, expected) => {
    const needed = neededMaterials({}, unit).filter(({ key }) => key === 'pledge');
    const given = { key: 'pledge', part: 'whole', certificateType: null, contentHash: 'a', signedOn } as const;
    const found = findMissingMaterials(needed, [given], { ...terms, provinceCode });
    expect(found.map(({ rule }) => rule)).toEqual(expected);
    for (const { field, source } of found) expect([field, source]).toEqual(['materials.pledge.whole', 'HW-PROVINCES']);
  });

  test('each have a use that the authority knows, and a copy of its size', () => {
    // But for the one that is between customer and provider.
    expect(materialKeys.filter((key) => materialTable[key].imageUse === null)).toEqual(['agency_letter']);
    for (const key of materialKeys.filter((one) => one !== 'agency_letter')) {
      expect(materialTable[key].imageUse).toBeGreaterThanOrEqual(1);
      expect(materialTable[key].imageUse).toBeLessThanOrEqual(9);
    }
    expect([copyBytesOf('verification', rules), copyBytesOf('pledge', rules)]).toEqual([150_000, 100_000]);
  });
});
