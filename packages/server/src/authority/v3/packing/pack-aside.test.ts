import { randomBytes } from 'node:crypto';
import type { UploadData } from '@openbeian/authority-wire/v3';
import { expect, test } from 'vitest';
import { packAside } from './pack-aside.ts';
import { packTask } from './pack-task.ts';

const madeAt = '2026-11-21T00:00:00.000Z';
const cipher = { key: '0123456789abcdef', iv: '0102030405060708' };
const picture = randomBytes(90_000).toString('base64');

/** An added site with so many pictures, which is all that makes a document large. */
function uploadOf(pictures: number, name = '示例网站'): UploadData {
  const approvals = Array.from({ length: pictures }, () => ({ Nrlx_id: 3, Qzsph: '1', Spwj: [picture] }));
  const person = {
    Fzr_xm: '张三',
    Fzr_sjhm: '13800000000',
    Fzr_dzyj: 'a@example.cn',
    Fzr_zjlx: 2,
    Fzr_zjhm: '11990019900101001X',
  };
  const access = {
    IspJrid: 4,
    Wzfb: { Fbdd: [5] },
    Wzjrfs: { Jrfs: [3] },
    Ip_xx: [{ IspIpid: 5, Qsip: 3_405_803_777, Zzip: 3_405_803_777 }],
  };
  const site = {
    IspWzid: 2,
    Wzmc: name,
    Nrlx: { Nrlx_xx: approvals },
    Fwnr: { Fwnr_id: [8] },
    Yylb: { Yylb_id: [1] },
    Ym_xx: [{ IspYmid: 3, Ym: 'example.cn' }],
    Jr_xx: [access],
    Wz_Fzr: person,
    Syurl: 'www.example.cn',
  };
  return { ICP: { XZWZ: { Xzxx: [{ Zt_xx: { Ztid: 500_001 }, Wz_xx: [site], Fj: [] }] }, Qqdwid: 9001 } };
}

test('a large document is packed in a thread as it would be here, and the process answers meanwhile', async () => {
  const upload = uploadOf(20);
  const here = await packTask({ upload, madeAt }, cipher);
  let turns = 0;
  const counting = setInterval(() => {
    turns += 1;
  }, 5);
  const aside = await packAside({ upload, madeAt }, cipher);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
  expect(aside.document).toEqual(here.document);
  expect(aside.bytes).toBe(here.bytes);
  // What was kept goes again as it was.
  const again = await packAside({ paper: aside.paper, madeAt }, cipher);
  expect(again.document.beianInfoHash).toBe(here.document.beianInfoHash);
});

test('what cannot be sent is said at its element, from the thread too', async () => {
  const places = [{ path: 'UploadData.ICP.XZWZ.Xzxx[0].Wz_xx[0].Wzmc' }];
  for (const pictures of [1, 20]) {
    await expect(packAside({ upload: uploadOf(pictures, '𠮷'), madeAt }, null)).rejects.toMatchObject({
      code: 'authority.not_sendable',
      extras: { places },
    });
  }
  // One that failed holds up none behind it.
  expect((await packAside({ upload: uploadOf(20), madeAt }, null)).bytes).toBeGreaterThan(2_000_000);
});
