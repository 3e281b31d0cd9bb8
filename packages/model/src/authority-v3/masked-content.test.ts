import { expect, test } from 'vitest';
import { maskedContent, shortenedContent } from './masked-content.ts';

const content = {
  upload: {
    ICP: {
      Zt_xx: { Dwmc: '示例个人', Zj: { Zjlx: 2, Zjhm: '110101199003070011' }, Fzr: [{ Sjhm: 13800000000, Xm: '' }] },
      Wz_xx: [{ Wzmc: '示例网站', Ym: [{ Ym: 'example.cn' }], Lxfs: ['13800000000'], Later: '新的字段' }],
      Fj: { Fjnr: 'A'.repeat(3000) },
    },
  },
  result: { codes: [{ code: 1020, zh: '名称不一致', isKnown: true }], opinion: null },
};

test('what may be about a person is hidden, and so is what nobody has looked at; pictures are left out', () => {
  expect(maskedContent(content)).toEqual({
    upload: {
      ICP: {
        Zt_xx: { Dwmc: '示＊＊＊', Zj: { Zjlx: 2, Zjhm: '1＊＊＊' }, Fzr: [{ Sjhm: '1＊＊＊', Xm: '' }] },
        Wz_xx: [{ Wzmc: '示例网站', Ym: [{ Ym: 'example.cn' }], Lxfs: ['1＊＊＊'], Later: '新＊＊＊' }],
        Fj: { Fjnr: '…（3000）' },
      },
    },
    result: { codes: [{ code: 1020, zh: '名称不一致', isKnown: true }], opinion: null },
  });
});

test('revealed, all of it is there but pictures', () => {
  const { Zt_xx } = content.upload.ICP;
  const inClear = { ...Zt_xx, Fzr: [{ Sjhm: '13800000000', Xm: '' }] };
  expect(shortenedContent(content)).toEqual({
    ...content,
    upload: { ICP: { ...content.upload.ICP, Zt_xx: inClear, Fj: { Fjnr: '…（3000）' } } },
  });
});
