import { openingKinds, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import { describe, expect, it } from 'vitest';
import { loadCodeTables } from './load-code-tables.ts';
import { loadDivisions } from './load-divisions.ts';
import { loadReturnReasons } from './load-return-reasons.ts';
import { loadProvinceRules } from './provinces.ts';

describe('policies/rejections.yaml', () => {
  const reasons = loadReturnReasons();
  const tables = loadCodeTables();
  const divisions = loadDivisions();

  it('names only fields that some form has, and so do rules of provinces', () => {
    const paths = new Set(
      openingKinds.flatMap((kind) =>
        subjectKinds.flatMap((subjectKind) =>
          serviceKinds.flatMap((serviceKind) =>
            fieldsOf(
              formFor({
                kind,
                subjectKind,
                serviceKind,
                provinceCode: '440000',
                domainName: 'example.cn',
                at: '2026-11-21',
                tables,
                divisions,
              }),
            ).map((field) => field.path),
          ),
        ),
      ),
    );
    // Materials are pictures beside the form.
    paths.add('materials');
    for (const { id, fields } of reasons) for (const field of fields) expect(paths, id).toContain(field);
    for (const { id, field } of loadProvinceRules().flatMap(({ rules }) => rules)) {
      if (field !== undefined) expect(paths, id).toContain(field);
    }
  });

  it('offers what concerns individuals’ sites for those alone', () => {
    const row = reasons.find(({ id }) => id === 'service.content_of_unit_by_individual');
    expect(row?.subjectKinds).toEqual(['individual']);
  });

  it('has each id once, and one for what nobody foresaw', () => {
    const ids = reasons.map((reason) => reason.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('other');
  });
});
