import { afterEach, describe, expect, test } from 'vitest';
import { interfaceWorlds, startAt } from '../testing/interface-world.ts';
import { sampleBaxx, sampleFzr, sampleWz, upload } from '../testing/sample-upload.ts';
import { isOpen, reviewEnd } from './review-time.ts';
import { openRules } from './rules.ts';

const { start, stopAll } = interfaceWorlds();
afterEach(stopAll);
const rules = openRules();

describe('a province', () => {
  test('takes uploads on its working days in its hours, and says 20 otherwise', async () => {
    const { client, controls } = await start({ interfaceV3: { hours: 'province' } });
    const filing = upload({ XZBA: { Baxx: [sampleBaxx(1)] } });
    // Monday 9:30 and later, until Tuesday morning.
    const codes: number[] = [];
    for (let hour = 0; hour < 24; hour += 1) {
      codes.push((await client.upload(1, filing)).msg_code);
      await controls.advanceClock('PT1H');
    }
    expect(codes[0]).toBe(0);
    expect(codes.slice(14, 22)).toEqual(Array.from({ length: 8 }, () => 20));
    // Downloads are given all the time.
    expect([1, 2]).toContain((await client.download()).code);
    const [line] = await controls.listLines();
    expect(line?.isOpen).toBe(true);
  });

  test('is closed on weekends and holidays, and has hours of its own', () => {
    const at = (instant: string, province = '440000') => isOpen(province, instant, { rules, seed: 1 });
    expect(at('2026-11-23T03:00:00Z')).toBe(true);
    expect(at('2026-11-22T03:00:00Z')).toBe(false);
    expect(at('2026-10-01T03:00:00Z')).toBe(false);
    // A Saturday that is worked for the holiday.
    expect(rules.calendar.workDays.has('2026-10-10') ? at('2026-10-10T03:00:00Z') : true).toBe(true);
    const evenings = ['110000', '310000', '440000', '510000', '650000'].map((province) =>
      [18, 19, 20, 21].map((hour) => at(`2026-11-23T${String(hour - 8).padStart(2, '0')}:10:00Z`, province)).join(),
    );
    expect(new Set(evenings).size).toBeGreaterThan(1);
  });

  test('reviews as long as its rule says: 15 to 17 working days in Beijing', () => {
    const days = Array.from({ length: 30 }, (_, index) => {
      const end = reviewEnd('110000', `case ${index}`, startAt, { rules, seed: 1, dayMs: null });
      return end.slice(0, 10);
    });
    // Working days 15 to 17 after Monday 2026-11-23.
    expect([...new Set(days)].toSorted()).toEqual(['2026-12-14', '2026-12-15', '2026-12-16']);
    const short = reviewEnd('110000', 'a case', startAt, { rules, seed: 1, dayMs: 1000 });
    expect(Date.parse(short) - Date.parse(startAt)).toBeGreaterThanOrEqual(15_000);
    expect(Date.parse(short) - Date.parse(startAt)).toBeLessThanOrEqual(17_000);
  });

  test('decides after that time and not before', async () => {
    const { client, controls, sim, codes } = await start({ interfaceV3: { review: { dayMs: null } } });
    await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    sim.tick();
    await controls.confirmEverySms();
    await controls.advanceClock('P1D');
    expect(await codes()).toEqual([]);
    await controls.advanceClock('P45D');
    expect((await codes()).map((result) => result.codes)).toEqual([[1001, 1062]]);
  });
});

describe('a strict authority', () => {
  test('asks for the pictures that are missing, and for JPG', async () => {
    const { client, decide, results } = await start({ interfaceV3: { strict: true } });
    const whole = sampleBaxx(1);
    await client.upload(1, upload({ XZBA: { Baxx: [{ ...whole, Fj: (whole.Fj ?? []).slice(0, 1) }] } }));
    const png = (whole.Fj ?? []).map(({ Fjxx }) => ({ Fjxx: { ...Fjxx, Fjnr: 'iVBORw0KGgo=' } }));
    await client.upload(
      2,
      upload({
        XZBA: {
          Baxx: [
            sampleBaxx(5, {
              Fj: png.map(({ Fjxx }) => ({
                Fjxx: { ...Fjxx, Fjssdx: { ...Fjxx.Fjssdx, Ssdxbs: Fjxx.Fjssdx.Ssdxbs + 40 } },
              })),
            }),
          ],
        },
      }),
    );
    await decide();
    const said = (await results()).map(({ codes }) => codes.map(({ code, said: words }) => `${code} ${words}`));
    expect(said).toEqual([['5010 缺少附件：主体负责人证件', '5010 缺少附件：网站核验单'], ['5010 附件应为 JPG 图片']]);
  });

  test('applies what its province asks for: a mobile number that serves another organiser', async () => {
    const { client, decide, codes } = await start({ interfaceV3: { strict: true } });
    await client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
    await decide();
    expect((await codes()).map((result) => result.codes)).toEqual([[1001, 1062]]);
    const other = sampleBaxx(30);
    const reused = { ...sampleFzr(30), Fzr_sjhm: sampleFzr(1).Fzr_sjhm };
    await client.upload(2, upload({ XZBA: { Baxx: [{ ...other, Zt_xx: { ...other.Zt_xx, Fzr: reused } }] } }));
    // The same one in a province that has no such rule.
    await decide();
    expect((await codes()).map((result) => result.codes)).toEqual([[1011]]);
  });

  test('does not let an individual have what is for units', async () => {
    const { client, decide, codes } = await start({ interfaceV3: { strict: false } });
    const person = sampleFzr(3);
    const base = sampleBaxx(3);
    const individual = {
      ...base,
      Zt_xx: {
        ...base.Zt_xx,
        Dwmc: person.Fzr_xm,
        Dwxz: 5,
        Zj: { Zjlx: 2, Zjhm: person.Fzr_zjhm, Zjzs: '示例路 1 号' },
      },
    };
    const service = (Fwnr_id: number) => [{ ...sampleWz(3), Fwnr: { Fwnr_id: [Fwnr_id] } }];
    await client.upload(1, upload({ XZBA: { Baxx: [{ ...individual, Wz_xx: service(8) }] } }));
    await client.upload(2, upload({ XZBA: { Baxx: [{ ...individual, Wz_xx: service(6) }] } }));
    await decide();
    expect((await codes()).map((result) => result.codes)).toEqual([[1034], [1001, 1062]]);
  });
});
