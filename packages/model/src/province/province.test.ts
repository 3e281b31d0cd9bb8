import { expect, test } from 'vitest';
import { findProvince, provinces, wholeNameOf } from './index.ts';

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

test('provinces have whole names: provinces, municipalities, and the five autonomous regions', () => {
  const nameOf = (code: string) => provinces.filter((one) => one.code === code).map(wholeNameOf)[0];
  expect(['440000', '110000', '450000', '150000'].map(nameOf)).toEqual([
    '广东省',
    '北京市',
    '广西壮族自治区',
    '内蒙古自治区',
  ]);
  const endings = provinces.map((one) => wholeNameOf(one).replace(/^.*?(省|市|自治区)$/, '$1'));
  const count = (ending: string) => endings.filter((one) => one === ending).length;
  expect([count('省'), count('市'), count('自治区')]).toEqual([22, 4, 5]);
});
