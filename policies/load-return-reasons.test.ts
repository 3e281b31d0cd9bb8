import { openingKinds, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import { describe, expect, it } from 'vitest';
import { loadReturnReasons } from './load-return-reasons.ts';

describe('policies/rejections.yaml', () => {
  const reasons = loadReturnReasons();

  it('names only fields that some form has', () => {
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
              }),
            ).map((field) => field.path),
          ),
        ),
      ),
    );
    for (const { id, fields } of reasons) for (const field of fields) expect(paths, id).toContain(field);
  });

  it('has each id once, and one for what nobody foresaw', () => {
    const ids = reasons.map((reason) => reason.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('other');
  });
});
