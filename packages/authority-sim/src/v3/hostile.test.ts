import { randomInt } from 'node:crypto';
import { makeCall, packUpload, type UploadData, writeSoapCall } from '@openbeian/authority-wire/v3';
import { anyUpload } from '@openbeian/authority-wire/v3/testing';
import { readResults, recordOf } from '@openbeian/model/authority-v3';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, samplePicture, sampleWz, upload } from '../testing/sample-upload.ts';
import { defaultInterfaceUnit as unit } from './units.ts';

const { start, stopAll } = interfaceWorlds();
afterEach(stopAll);

/** Texts that GBK and XML carry, those that have to be escaped among them. */
const text = (most: number) =>
  fc
    .array(fc.constantFrom('示', '例', 'a', '1', '&', '<', '>', '"', "'", ' ', '；', ';', '·'), {
      minLength: 1,
      maxLength: most,
    })
    .map((characters) => characters.join(''))
    .filter((each) => each.trim() === each && each !== '');

const free = fc.record({
  Tzr: text(255),
  Bz: text(1024),
  Xxdz: text(1024),
  Zjzs: text(1024),
  Wz_Bz: text(1024),
  Msn: text(40).map((each) => `${each}@example.cn`),
  Qq: fc.stringMatching(/^[1-9]\d{4,10}$/),
  contents: fc.uniqueArray(fc.integer({ min: 1, max: 24 }), { minLength: 1 }),
  languages: fc.uniqueArray(fc.integer({ min: 1, max: 17 }), { minLength: 1 }),
  methods: fc.uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1 }),
  county: fc.constantFrom(440_103, 440_106, 441_900),
});

function withUnit(data: UploadData): UploadData {
  const Qqdwid = unit.ispId;
  if ('ICP' in data) return { ICP: { ...data.ICP, Qqdwid } };
  return 'IP' in data ? { IP: { ...data.IP, Qqdwid } } : { YM: { ...data.YM, Qqdwid } };
}

describe('whatever a provider reports', () => {
  test('comes back as it was, once it is approved', async () => {
    const { client, decide } = await start();
    let sequence = 0;
    let seed = 1;
    await fc.assert(
      fc.asyncProperty(free, async (given) => {
        sequence += 1;
        seed += 2;
        const base = sampleBaxx(seed);
        const isCity = given.county === 441_900;
        const { Xxdz, Tzr, Bz, Zjzs, Msn, Qq } = given;
        const address = { Shengid: 440_000, Shiid: isCity ? 441_900 : 440_100, Xxdz };
        const Zt_xx = {
          ...base.Zt_xx,
          Tzr,
          Bz,
          Txdz: isCity ? address : { ...address, Xianid: given.county },
          Zj: { ...base.Zt_xx.Zj, Zjzs },
          Fzr: { ...base.Zt_xx.Fzr, Msn, Qq },
        };
        const [access] = sampleWz(seed).Jr_xx;
        const Wz_xx = {
          ...sampleWz(seed),
          Nrlx: { Nrlx_xx: [{ Nrlx_id: 3, Qzsph: '示例 1 号', Spwj: [samplePicture] }] },
          Fwnr: { Fwnr_id: given.contents },
          Yylb: { Yylb_id: given.languages },
          Jr_xx: access === undefined ? [] : [{ ...access, Wzjrfs: { Jrfs: given.methods } }],
          Wz_Bz: given.Wz_Bz,
        };
        expect(
          (await client.upload(sequence, upload({ XZBA: { Baxx: [{ ...base, Zt_xx, Wz_xx: [Wz_xx] }] } }))).msg_code,
        ).toBe(0);
        await decide();
        const [data] = await client.downloadAll();
        expect(readResults(data?.ICP?.BAJG ?? {}).map(({ outcome }) => outcome)).toEqual(['approved']);
        const record = data?.ICP?.BASJ?.Baxx?.[0];
        const { Bbfs: _, ...subject } = Zt_xx;
        expect(record?.Zt_xx).toMatchObject(subject);
        const { Jr_xx, Ym_xx, ...service } = Wz_xx;
        expect(record?.Wz_xx?.[0]).toMatchObject(service);
        expect(record?.Wz_xx?.[0]?.Ym_xx).toMatchObject(Ym_xx);
        expect(record?.Wz_xx?.[0]?.Jr_xx).toMatchObject(Jr_xx);
        expect(recordOf(record ?? {}).subject.number).toMatch(/^粤ICP备2026\d{6}号$/);
      }),
      { numRuns: 25 },
    );
  });

  test('anything that its schema allows is taken and answered with results that can be read', async () => {
    const { client, decide, controls } = await start();
    let sequence = 0;
    await fc.assert(
      fc.asyncProperty(anyUpload(), async (value) => {
        sequence += 1;
        // As it is, but for the unit, which is the provider’s own.
        const data = withUnit(value);
        expect((await client.upload(sequence, data)).msg_code).toBe(0);
        await decide();
        for (const file of await client.downloadAll())
          expect(readResults(file.ICP?.BAJG ?? {}).length).toBeGreaterThan(0);
        expect((await controls.listLines())[0]).toMatchObject({
          lastSequence: sequence,
          waiting: 0,
          unacknowledged: [],
        });
      }),
      { numRuns: 60 },
    );
  });

  test('a call with anything spoilt is answered, and never taken as another one', async () => {
    const { sim, controls } = await start();
    const packed = await packUpload(upload({ XZBA: { Baxx: [sampleBaxx(1)] } }), {
      cipher: unit.cipher,
      at: new Date(0),
    });
    const call = makeCall('isp_upload', unit, { dataSequence: 1 }, { packed, randomBelow: randomInt });
    const body = Buffer.from(writeSoapCall(call, { namespace: 'http://x.example/' }));
    const spoilt = fc.record({
      at: fc.nat(body.length - 1),
      length: fc.nat(40),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 20 }),
        fc.constantFrom('<!DOCTYPE x>', '&x;', '</a>', '<a>'.repeat(50), '\0').map((each) => Buffer.from(each)),
      ),
    });
    await fc.assert(
      fc.asyncProperty(spoilt, async ({ at, length, put }) => {
        const hostile = Buffer.concat([body.subarray(0, at), put, body.subarray(at + length)]);
        const response = await fetch(`${sim.url}/v3/440000/ISPWebService/upDownLoad`, {
          method: 'POST',
          headers: { 'content-type': 'text/xml' },
          body: hostile,
        });
        const answered = await response.text();
        const isFaultOrAnswer =
          response.status === 200 ? answered.includes('msg_code') : answered.includes('faultcode');
        expect([response.status, isFaultOrAnswer]).toEqual([response.status === 200 ? 200 : 500, true]);
      }),
      { numRuns: 300 },
    );
    // What was taken among them was the right one, whose spoilt part nobody reads.
    const { submissions } = await controls.getState();
    expect(submissions.length).toBeLessThan(2);
  });
});
