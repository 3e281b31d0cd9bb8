import { expect, test } from 'vitest';
import { aboutOfNotice, maskedContent, shortenedContent } from './masked-content.ts';

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

test.each([
  {
    what: 'an unfiled site',
    kept: { kind: 'unfiled_site', id: 7, domain: 'wfxyz.com', address: '203.0.113.9', seenOn: '2026-11-20' },
    shown: { kind: 'unfiled_site', id: 7, domain: 'wfxyz.com', address: '203.0.113.9', seenOn: '2026-11-20' },
  },
  {
    what: 'a blacklisted organiser and site',
    kept: [
      { act: 'added', name: '张三丰', certificateNumber: '110101199003070011' },
      { act: 'added', name: '示例', domains: ['a.cn', 'b.cn'] },
    ],
    shown: [
      { act: 'added', name: '张＊＊＊', certificateNumber: '1＊＊＊' },
      { act: 'added', name: '示＊＊＊', domains: ['a.cn', 'b.cn'] },
    ],
  },
  {
    what: 'a result, with what the authority says of its code; what its reviewer wrote is hidden',
    kept: { operation: 'new_filing', codes: [{ code: 1069, said: '附件不符合要求' }], opinion: '请张三丰补正' },
    shown: { operation: 'new_filing', codes: [{ code: 1069, said: '附件不符合要求' }], opinion: '请＊＊＊' },
  },
  {
    what: 'a difference, whose sides are kept masked where they are about a person',
    kept: { kind: 'service_name_differs', ours: '星海商城', theirs: '星海商店' },
    shown: { kind: 'service_name_differs', ours: '星海商城', theirs: '星海商店' },
  },
  {
    what: 'numbers and mail within the words on a code',
    kept: { Dmms: '电话 138 0000 0000、证件11010119900307001X、邮箱a.b@example.cn有误（1069）' },
    shown: { Dmms: '电话 ＊＊＊、证件＊＊＊、邮箱＊＊＊有误（1069）' },
  },
  {
    what: 'checks and demands: free texts may name people',
    kept: [
      { found: 'dead', number: '粤ICP备2026000123号-1', on: '2026-11-20' },
      { reason: '负责人张三丰已离职' },
      { kind: 'correction_demanded', text: '请更正张三丰的电话' },
    ],
    shown: [
      { found: 'dead', number: '粤ICP备2026000123号-1', on: '2026-11-20' },
      { reason: '负＊＊＊' },
      { kind: 'correction_demanded', text: '请＊＊＊' },
    ],
  },
  {
    what: 'what was reported of an unfiled site',
    kept: { Clsx: '2026-12-01', Clyj: '已联系张三丰关闭' },
    shown: { Clsx: '2026-12-01', Clyj: '已＊＊＊' },
  },
  {
    what: 'an address: of a machine, or of somebody',
    kept: [{ address: '2001:db8::1' }, { address: '示例路 1 号' }, { address: '12' }],
    shown: [{ address: '2001:db8::1' }, { address: '示＊＊＊' }, { address: '1＊＊＊' }],
  },
])('without a look: $what', ({ kept, shown }) => {
  expect(maskedContent(kept)).toEqual(shown);
});

test('revealed, all of it is there but pictures', () => {
  const { Zt_xx } = content.upload.ICP;
  const inClear = { ...Zt_xx, Fzr: [{ Sjhm: '13800000000', Xm: '' }] };
  expect(shortenedContent(content)).toEqual({
    ...content,
    upload: { ICP: { ...content.upload.ICP, Zt_xx: inClear, Fj: { Fjnr: '…（3000）' } } },
  });
});

test('the result of a check is about the record of that number with the authority, as nothing else is known of it', () => {
  expect(aboutOfNotice({ kind: 'subject_checked', id: 500_006, reason: null })).toBe('ID 500006');
  expect(aboutOfNotice({ kind: 'unfiled_site', id: 3, domain: 'example.cn' })).toBe('example.cn');
});
