import { expect, test } from 'vitest';
import { findProvince, provinces } from './index.ts';

test('31 provinces, each with its own code, names and letter, in the order of their codes', () => {
  expect(provinces).toHaveLength(31);
  for (const key of ['code', 'zh', 'en', 'letter'] as const) {
    expect(new Set(provinces.map((province) => province[key])).size, key).toBe(31);
  }
  expect(provinces.map(({ code }) => code)).toEqual(provinces.map(({ code }) => code).toSorted());
});

test('a province is found by its six digits only', () => {
  expect(findProvince('440000')).toEqual({ code: '440000', zh: '广东', en: 'Guangdong', letter: '粤' });
  for (const code of ['', '44', '440300', '810000']) expect(findProvince(code), code).toBeNull();
});
