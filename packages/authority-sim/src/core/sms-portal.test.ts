import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, sampleFzr, upload } from '../testing/sample-upload.ts';

const { start, stopAll } = interfaceWorlds();
afterEach(stopAll);

async function waiting(options: Parameters<typeof start>[0] = {}) {
  const world = await start(options);
  await world.client.upload(1, upload({ XZBA: { Baxx: [sampleBaxx(1)] } }));
  world.sim.tick();
  const phone = await world.controls.listPhone();
  const people = [sampleFzr(1), sampleFzr(2)].map(({ Fzr_sjhm: mobile, Fzr_zjhm }) => ({
    mobile,
    lastSix: Fzr_zjhm.slice(-6),
    code: phone.find((text) => text.mobile === mobile)?.code ?? '',
  }));
  const [first, second] = people;
  if (first === undefined || second === undefined) throw new Error('two people were asked for');
  const verify = (person: typeof first, changes: Partial<typeof first> = {}) => {
    const { mobile, code, lastSix } = { ...person, ...changes };
    return world.controls.verifyOnPortal(mobile, code, lastSix);
  };
  return { ...world, first, second, verify };
}

test('each person confirms, and the page answers with the ministry’s codes', async () => {
  const { first, second, verify, sim } = await waiting();
  expect(await verify(first, { code: '12' })).toBe(0);
  expect(await verify(first, { lastSix: 'XXXXXX' })).toBe(2);
  expect(await verify(first, { code: first.code === '000000' ? '000001' : '000000' })).toBe(4);
  expect(await verify(first, { mobile: '13900000000' })).toBe(100);
  expect(await verify(first)).toBe(31);
  expect(await verify(first)).toBe(20);
  const { submissions } = z
    .object({ submissions: z.array(z.unknown()) })
    .parse(await (await fetch(`${sim.url}/control/state`)).json());
  expect(submissions).toMatchObject([
    {
      sms: [
        { person: 'subject_principal', confirmed: true, wrongTries: 2 },
        { person: 'service_principal', confirmed: false, wrongTries: 0 },
      ],
    },
  ]);
  expect(await verify(second)).toBe(3);
  expect(await verify(second)).toBe(20);
});

test('an SMS is sent three times more; asking again returns the filing', async () => {
  const { first, verify, controls, decide, results } = await waiting();
  const again = () => controls.resendOnPortal(first.mobile, first.lastSix);
  expect(await controls.resendOnPortal(first.mobile, 'XXXXXX')).toBe(2);
  expect(await controls.resendOnPortal('13900000000', first.lastSix)).toBe(100);
  expect([await again(), await again(), await again()]).toEqual([101, 101, 101]);
  expect((await controls.listPhone()).filter(({ mobile }) => mobile === first.mobile)).toHaveLength(4);
  expect(await again()).toBe(102);
  expect(await verify(first)).toBe(21);
  await decide();
  expect(await results()).toMatchObject([
    { outcome: 'rejected', codes: [{ code: 1002, said: '短信核验错误次数过多' }] },
  ]);
});

test('five wrong tries end it with 21', async () => {
  const { first, verify } = await waiting();
  const wrong = first.code === '000000' ? '000001' : '000000';
  const codes: number[] = [];
  for (let n = 0; n < 6; n += 1) codes.push(await verify(first, { code: wrong }));
  expect(codes).toEqual([4, 4, 4, 4, 21, 21]);
});

test('the page sends again and shows the code', async () => {
  const { first, sim } = await waiting();
  const post = async (path: string, fields: Record<string, string>) => {
    const body = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return (await fetch(`${sim.url}${path}`, { method: 'POST', headers, body })).text();
  };
  expect(await post('/sms/again', { mobile: first.mobile, lastSix: first.lastSix })).toContain('validStatus 101');
});

test('everybody confirms but for who does not answer; texts are listed of one telephone as well as of all', async () => {
  const { controls, first, second, sim } = await waiting();
  expect((await controls.listPhone(first.mobile)).map(({ code }) => code)).toEqual([first.code]);
  const mobiles = expect.arrayContaining([first.mobile, second.mobile]);
  expect(await controls.confirmEverySms([second.mobile])).toEqual({
    confirmed: 0,
    left: [{ submissionId: expect.any(String), mobiles }],
  });
  sim.tick();
  expect((await controls.getState()).submissions.map(({ status }) => status)).toEqual(['sms_waiting']);
  expect(await controls.confirmEverySms()).toEqual({ confirmed: 1, left: [] });
});
