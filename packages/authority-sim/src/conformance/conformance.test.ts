import { createHash, randomInt } from 'node:crypto';
import { filingPasswordHash, makeCall, packUpload, writeSoapCall } from '@openbeian/authority-wire/v3';
import { fictionalCompany } from '@openbeian/model/fictional';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { interfaceClient } from '../testing/interface-client.ts';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { RightProvider } from '../testing/right-provider.ts';
import { sampleBaxx, sampleWz, upload } from '../testing/sample-upload.ts';
import { zipOne } from '../testing/zip-one.ts';
import { defaultInterfaceUnit as unit } from '../v3/units.ts';
import { Director } from './director.ts';
import type { Report } from './judge.ts';
import { reportText } from './report-text.ts';

const { start, stopAll } = interfaceWorlds();
afterEach(stopAll);

const outcome = z.enum(['passed', 'failed', 'not_seen']);
const shape = z.object({ verdict: z.string(), findings: z.array(z.object({ check: z.string(), outcome })) });

async function reportOf(url: string) {
  const text = await (await fetch(`${url}/control/v3/conformance`)).text();
  const report = shape.parse(JSON.parse(text));
  const named = (wanted: z.output<typeof outcome>) =>
    report.findings.filter((finding) => finding.outcome === wanted).map(({ check }) => check);
  // Its shape has just been looked at.
  return {
    verdict: report.verdict,
    failed: named('failed'),
    notSeen: named('not_seen'),
    whole: JSON.parse(text) as Report,
  };
}

type World = Awaited<ReturnType<typeof start>>;
const filing = (seed: number) => upload({ XZBA: { Baxx: [sampleBaxx(seed)] } });
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

/** Sends an upload with parameters of its own. */
async function sendSpoilt(
  { sim }: World,
  changes: Readonly<Record<string, string | number>>,
  call?: ReturnType<typeof makeCall>,
) {
  const packed = await packUpload(filing(1), { cipher: unit.cipher, at: new Date(0) });
  const right = call ?? makeCall('isp_upload', unit, { dataSequence: 1 }, { packed, randomBelow: randomInt });
  const parameters = right.parameters.map(([name, value]) => [name, changes[name] ?? value] as const);
  const body = writeSoapCall({ operation: right.operation, parameters }, { namespace: 'http://x.example/' });
  await fetch(`${sim.url}/v3/440000/ISPWebService/upDownLoad`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml' },
    body,
  });
  return right;
}

const packedAs = (xml: string) => {
  const zip = zipOne(Buffer.from(xml));
  return { encryptAlgorithm: 0, beianInfo: zip.toString('base64'), beianInfoHash: md5(zip) };
};

async function approved(world: World): Promise<void> {
  await world.client.upload(1, filing(1));
  await world.decide();
}

describe('what a wrong system does is named by its check, and nothing else is', () => {
  test.each<[check: string, does: (world: World) => Promise<unknown>]>([
    [
      'soap',
      ({ sim }) =>
        fetch(`${sim.url}/v3/440000/ISPWebService/upDownLoad`, {
          method: 'POST',
          headers: { 'content-type': 'text/xml' },
          body: '<x/>',
        }),
    ],
    ['user', (world) => sendSpoilt(world, { userName: 'nobody' })],
    ['password_hash', (world) => sendSpoilt(world, { pwdHash: 'AAAAAAAAAAAAAAAAAAAAAA==' })],
    ['rand_val', (world) => sendSpoilt(world, { randVal: '1234567890' })],
    ['rand_val_once', async (world) => sendSpoilt(world, {}, await sendSpoilt(world, {}))],
    ['algorithms', (world) => sendSpoilt(world, { hashAlgorithm: 2 })],
    ['encryption', (world) => sendSpoilt(world, { beianInfo: Buffer.alloc(32).toString('base64') })],
    ['package_hash', (world) => sendSpoilt(world, { beianInfoHash: md5(Buffer.from('x')) })],
    [
      'zip',
      (world) =>
        sendSpoilt(world, {
          encryptAlgorithm: 0,
          beianInfo: 'UEsDBA==',
          beianInfoHash: md5(Buffer.from('PK\x03\x04', 'latin1')),
        }),
    ],
    ['encoding', (world) => sendSpoilt(world, packedAs('<UploadData'))],
    [
      'encoding',
      (world) =>
        sendSpoilt(
          world,
          packedAs(
            '<?xml version="1.0" encoding="UTF-8"?><UploadData version="V.3.0"><ICP><Qqdwid>9001</Qqdwid></ICP></UploadData>',
          ),
        ),
    ],
    [
      'version',
      (world) =>
        sendSpoilt(world, packedAs('<UploadData version="V.2.1"><ICP><Qqdwid>9001</Qqdwid></ICP></UploadData>')),
    ],
    [
      'schema',
      (world) =>
        sendSpoilt(world, packedAs('<UploadData version="V.3.0"><ICP><Odd/><Qqdwid>9001</Qqdwid></ICP></UploadData>')),
    ],
    [
      'query',
      ({ client }) => client.ask('isp_querybeianstatus', { queryConditionType: 98, queryCondition: 'example1.cn' }),
    ],
    ['sequence', ({ client }) => client.upload(5, filing(1))],
    [
      'sequence_content',
      async ({ client }) => {
        await client.upload(1, filing(1));
        await client.upload(1, filing(5));
      },
    ],
    [
      'acknowledged_names',
      async ({ client }) => {
        await client.acknowledge('nothing');
      },
    ],
    [
      'acknowledged',
      async (world) => {
        await approved(world);
        await world.client.download();
        await world.client.download();
      },
    ],
    [
      'spoilt_file',
      async (world) => {
        await approved(world);
        await world.controls.playFault('wrong_hash');
        await world.client.download().catch(() => null);
        const [line] = await world.controls.listLines();
        await world.client.acknowledge(line?.unacknowledged[0]?.fileName ?? '');
      },
    ],
    [
      'results_heeded',
      async (world) => {
        await approved(world);
        await world.client.downloadAll();
        await world.client.upload(2, filing(1));
      },
    ],
    [
      'retried_later',
      async ({ client, controls }) => {
        await controls.playFault('maintenance');
        await client.upload(1, filing(1));
        await client.upload(1, filing(1));
      },
    ],
    [
      'tasks_answered',
      async (world) => {
        await approved(world);
        await world.client.downloadAll();
        await world.controls.say({ say: 'verification_task', number: '粤ICP备2026000123号' });
        await world.client.downloadAll();
        await world.controls.advanceClock('PT10M');
      },
    ],
    [
      'unfiled_answered',
      async (world) => {
        await world.client.download();
        await world.controls.say({
          say: 'unfiled_sites',
          line: world.client.line,
          sites: [{ domainName: 'a.example.cn', address: '203.0.113.9' }],
        });
        await world.client.downloadAll();
        await world.controls.advanceClock('PT10M');
      },
    ],
  ])('%s', async (check, does) => {
    const world = await start();
    await does(world);
    expect((await reportOf(world.sim.url)).failed).toEqual([check]);
  });

  test('limits: more than 1,000 records', async () => {
    const world = await start();
    const records = Array.from(
      { length: 1001 },
      (_, index) => `<Zx_xx><Zxlb>1</Zxlb><Jlid>${index + 1}</Jlid><Zxly>1</Zxly></Zx_xx>`,
    );
    const xml = `<UploadData version="V.3.0"><ICP><ZXBA>${records.join('')}</ZXBA><Qqdwid>9001</Qqdwid></ICP></UploadData>`;
    await sendSpoilt(world, packedAs(xml));
    expect((await reportOf(world.sim.url)).failed).toEqual(['limits']);
  });

  test('a gap after a gap, a refused call again and again, and a province that is not its own', async () => {
    const world = await start({ interfaceV3: { units: [{ ...unit, provinces: ['440000'] }] } });
    await world.client.upload(5, filing(1));
    await world.client.upload(5, filing(1));
    expect((await reportOf(world.sim.url)).failed).toEqual(['sequence', 'resynchronised']);
    for (let n = 0; n < 4; n += 1) await world.client.acknowledge('nothing');
    expect((await reportOf(world.sim.url)).failed).toEqual([
      'sequence',
      'resynchronised',
      'refused_repeated',
      'acknowledged_names',
    ]);
    await interfaceClient(world.sim.url, { province: '110000' }).download();
    expect((await reportOf(world.sim.url)).failed).toContain('province');
  });

  test('after code 14 the same is sent again without a question; that no code 14 came is not a pass', async () => {
    const world = await start();
    const outcome = async () =>
      (await reportOf(world.sim.url)).whole.findings.find(({ check }) => check === 'resynchronised')?.outcome;
    await world.client.ask('isp_querypreviousupload', {});
    await world.client.upload(1, filing(1));
    expect(await outcome()).toBe('not_seen');
    await world.controls.playFault('sequence_doubted');
    expect((await world.client.upload(2, filing(5))).msg_code).toBe(14);
    expect(await outcome()).toBe('not_seen');
    await world.client.ask('isp_querypreviousupload', {});
    expect((await world.client.upload(2, filing(5))).msg_code).toBe(0);
    expect(await outcome()).toBe('passed');
    await world.controls.playFault('sequence_doubted');
    await world.client.upload(3, filing(9));
    await world.client.upload(3, filing(9));
    expect((await reportOf(world.sim.url)).failed).toEqual(['resynchronised']);
  });

  test('an upload that is sent with other content after no answer', async () => {
    const world = await start();
    await world.controls.playFault('connection_dropped');
    await world.client.upload(1, filing(1)).catch(() => null);
    await world.client.upload(1, upload({ XZBA: { Baxx: [{ ...sampleBaxx(1), Wz_xx: [sampleWz(7)] }] } }));
    expect((await reportOf(world.sim.url)).failed).toEqual(['sequence_content', 'dropped_upload']);
  });

  test('a file that comes again and is left', async () => {
    const world = await start();
    await approved(world);
    await world.client.downloadAll();
    await world.controls.playFault('delivered_twice');
    for (let n = 0; n < 5; n += 1) await world.client.download();
    expect((await reportOf(world.sim.url)).failed).toEqual(['file_again']);
  });
});

test('a right system passes the programme: every fault is played, everything is seen, and the report says so', {
  timeout: 60_000,
}, async () => {
  const other = fictionalCompany(60);
  const number = '粤ICP备2021000001号';
  const site = { number: `${number}-3`, name: '远山门户', domainName: 'yuanshan.cn', accesses: ['alibaba'] };
  const subject = { number, kind: 'enterprise' as const, name: other.name, certificateType: 'business_licence' };
  const subjects = [{ ...subject, certificateNumber: other.creditCode, services: [site] }];
  const world = await start({ clock: systemClock, verdictAfterMs: 100, seedRecords: { subjects } });
  const passwordOf = async (wanted: string) => {
    const known = (await world.controls.getState()).subjects.find((each) => each.number === wanted);
    return filingPasswordHash(known?.filingPassword ?? '');
  };
  const elsewhere = { number: site.number, password: await passwordOf(number) };
  const provider = new RightProvider(world.client, [1, 5, 9, 13, 17, 21, 25, 29], { elsewhere, passwordOf });
  const director = new Director(world.controls);
  let report = await reportOf(world.sim.url);
  for (let round = 0; round < 120 && report.verdict !== 'passed'; round += 1) {
    await director.step();
    await provider.work();
    report = await reportOf(world.sim.url);
    if (report.failed.length > 0) break;
  }
  expect(report).toMatchObject({ verdict: 'passed', failed: [], notSeen: [] });
  expect([...provider.verdicts.values()].filter((verdict) => verdict !== 'approved').length).toBeLessThan(2);
  const text = reportText(report.whole);
  expect(text).toContain('全部通过 / passed');
  expect(text).toContain('[通过 / passed] spoilt_file');
});
