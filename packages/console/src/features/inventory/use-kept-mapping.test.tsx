// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { useKeptMappings } from './use-kept-mapping.ts';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

const headers = ['实例', '到期'];

test('columns are kept, and of fixed values the provider and the product: the next table may be another customer’s', () => {
  const { result } = renderHook(useKeptMappings);
  const kept = { id: { column: 0 }, provider: { value: 'tencent' }, product: { value: 'cvm' } };
  result.current.keep(headers, { ...kept, account: { value: 'acct-a' }, realName: { value: '企业' } });
  expect(result.current.find(headers)).toEqual(kept);
  expect(JSON.stringify({ ...localStorage })).not.toContain('acct-a');
  expect(result.current.find(['实例'])).toBeNull();
});
