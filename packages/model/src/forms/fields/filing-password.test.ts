import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import { expect, test } from 'vitest';
import type { FilingKind } from '../../filing/kinds.ts';
import { fieldsOf } from '../engine/definition.ts';
import { maskField } from '../engine/mask.ts';
import { formFor } from '../kinds/form-for.ts';

const [tables, divisions] = [loadCodeTables(), loadDivisions()];
const passwordsOf = (kind: FilingKind, asksFilingPassword?: boolean) => {
  const context = {
    kind,
    subjectKind: 'enterprise' as const,
    serviceKind: 'website' as const,
    provinceCode: '440000',
    domainName: 'example.cn',
    at: '2026-11-30',
    tables,
    divisions,
    ...(asksFilingPassword === undefined ? {} : { asksFilingPassword }),
  };
  return fieldsOf(formFor(context)).filter(({ path }) => path.endsWith('.filingPassword'));
};

test('the filing password is asked where the line to the authority takes the filing with it only, and shown to nobody', () => {
  for (const kind of ['access', 'access_one_click', 'cancel_subject', 'first'] as const) {
    expect(passwordsOf(kind)).toEqual([]);
    expect(passwordsOf(kind, false)).toEqual([]);
  }
  expect(passwordsOf('access', true)).toMatchObject([{ path: 'service.access.filingPassword', personal: 'password' }]);
  expect(passwordsOf('cancel_subject', true)).toMatchObject([{ path: 'cancellation.filingPassword', required: true }]);
  for (const kind of ['first', 'add_site_here', 'change_site', 'cancel_site'] as const) {
    expect(passwordsOf(kind, true)).toEqual([]);
  }
  const [field] = passwordsOf('access', true);
  expect(field && maskField(field, 'abc123')).toBe('＊＊＊');
});
