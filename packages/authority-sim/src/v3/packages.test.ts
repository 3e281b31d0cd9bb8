import { createHash, randomInt } from 'node:crypto';
import {
  type Call,
  defaultLimits,
  makeCall,
  operations,
  packUpload,
  readAnswer,
  readSoapAnswer,
  servicePaths,
  writeSoapCall,
} from '@openbeian/authority-wire/v3';
import { afterEach, describe, expect, test } from 'vitest';
import { interfaceClient } from '../testing/interface-client.ts';
import { interfaceWorlds } from '../testing/interface-world.ts';
import { sampleBaxx, upload } from '../testing/sample-upload.ts';
import { zipOne } from '../testing/zip-one.ts';
import { defaultInterfaceUnit as unit } from './units.ts';

const { start, stopAll } = interfaceWorlds();
afterEach(stopAll);

const at = new Date('2026-11-23T01:30:00Z');
const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('base64');

/** A right upload whose parameters a test spoils. */
async function rightCall(sequence = 1): Promise<Call> {
  const packed = await packUpload(upload({ XZBA: { Baxx: [sampleBaxx(1)] } }), { cipher: unit.cipher, at });
  return makeCall('isp_upload', unit, { dataSequence: sequence }, { packed, randomBelow: randomInt });
}

const spoil = (call: Call, changes: Readonly<Record<string, string | number>>): Call => ({
  ...call,
  parameters: call.parameters.map(([name, value]) => [name, changes[name] ?? value] as const),
});

async function send(url: string, call: Call, type = 'text/xml'): Promise<number> {
  const response = await fetch(`${url}/v3/440000/ISPWebService/upDownLoad`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: writeSoapCall(call, { namespace: 'http://anything.example/' }),
  });
  const text = await response.text();
  if (response.status !== 200) return response.status;
  return readAnswer('isp_upload', readSoapAnswer('isp_upload', text, defaultLimits), defaultLimits).answer.msg_code;
}

test.each([
  ['by its envelope', 'text/xml'],
  ['by its type', 'application/soap+xml'],
])('a call of SOAP 1.2 is answered in SOAP 1.1 that this version is not spoken, %s', async (_, type) => {
  const { sim } = await start();
  const call = writeSoapCall(await rightCall(), { namespace: 'http://anything.example/' });
  const response = await fetch(`${sim.url}/v3/440000/ISPWebService/upDownLoad`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: call.replace('http://schemas.xmlsoap.org/soap/envelope/', 'http://www.w3.org/2003/05/soap-envelope'),
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([500, 'text/xml; charset=utf-8']);
  const said = await response.text();
  expect(said).toContain('<faultcode>soapenv:VersionMismatch</faultcode>');
  expect(said).toContain('SOAP 1.1');
});

describe('what is wrong with a call is answered with its own code', () => {
  test.each([
    ['another unit', { ispId: 1234 }, 12],
    ['another user name', { userName: 'somebody' }, 4],
    ['a hash of another password', { pwdHash: 'AAAAAAAAAAAAAAAAAAAAAA==' }, 5],
    ['a short randVal', { randVal: 'abcdefghij' }, 16],
    ['another hash algorithm', { hashAlgorithm: 1 }, 10],
    ['another encryption', { encryptAlgorithm: 2 }, 9],
    ['another compression', { compressionFormat: 1 }, 11],
    ['a hash of something else', { beianInfoHash: md5(Buffer.from('x')) }, 7],
    ['no file', { beianInfo: '' }, 17],
    ['what was not encrypted', { beianInfo: Buffer.from('PK not encrypted').toString('base64') }, 6],
    ['no base64', { beianInfo: '!!!!' }, 8],
    ['no number as its sequence', { dataSequence: 'one' }, 999],
    ['a sequence of none', { dataSequence: 0 }, 999],
  ])('%s', async (_what, changes, code) => {
    const { sim, controls } = await start();
    expect(await send(sim.url, spoil(await rightCall(), changes))).toBe(code);
    // Nothing has come of it, and the right one is taken.
    expect((await controls.getState()).submissions).toEqual([]);
    expect(await send(sim.url, await rightCall())).toBe(0);
  });

  test('a randVal that was used', async () => {
    const { sim } = await start();
    const call = await rightCall();
    expect([await send(sim.url, call), await send(sim.url, call)]).toEqual([0, 12]);
  });

  test('a ZIP that is cut off, and a file beyond 50 MB', async () => {
    const { sim } = await start();
    const packed = await packUpload(upload({ XZBA: { Baxx: [sampleBaxx(1)] } }), { cipher: null, at });
    const cut = Buffer.from(packed.beianInfo, 'base64').subarray(0, 200);
    const call = await rightCall();
    const plain = { encryptAlgorithm: 0, beianInfo: cut.toString('base64'), beianInfoHash: md5(cut) };
    expect(await send(sim.url, spoil(call, plain))).toBe(8);
    const large = Buffer.alloc(51 * 1024 * 1024);
    const huge = { encryptAlgorithm: 0, beianInfo: large.toString('base64'), beianInfoHash: md5(large) };
    expect(await send(sim.url, spoil(await rightCall(), huge))).toBe(18);
  });

  test('a province that has not admitted the provider, and no call at all', async () => {
    const { sim } = await start({ interfaceV3: { units: [{ ...unit, provinces: ['110000'] }] } });
    expect(await send(sim.url, await rightCall())).toBe(13);
    const address = `${sim.url}/v3/440000/ISPWebService/upDownLoad`;
    const post = (body: string) => fetch(address, { method: 'POST', headers: { 'content-type': 'text/xml' }, body });
    for (const body of [
      '',
      '<a/>',
      'nothing',
      writeSoapCall({ operation: 'isp_verifybamm', parameters: [] }, { namespace: 'x' }),
    ]) {
      const response = await post(body);
      expect([response.status, (await response.text()).includes('faultcode')]).toEqual([500, true]);
    }
    expect((await fetch(`${sim.url}/v3/990000/ISPWebService/upDownLoad?wsdl`)).status).toBe(400);
  });

  test('a body in GBK is read as its header says', async () => {
    const { sim } = await start();
    // Everything but the parts of the document is ASCII there.
    expect(await send(sim.url, await rightCall(), 'text/xml; charset=GBK')).toBe(0);
  });

  test('an acknowledgement of nothing, and a filing password that was tried too often', async () => {
    const { client } = await start();
    const { sim } = await start();
    const other = interfaceClient(sim.url);
    expect(await other.ask('isp_downloadack', { fileName: 'none' })).toMatchObject({ msg_code: 999 });
    for (const code of [0, 0, 0, 0, 0, 22]) {
      const answer = await client.ask('isp_verifybamm', { baxh: '粤ICP备2026000123号', bamm: 'wrong' });
      expect(answer.msg_code).toBe(code);
    }
  });

  test('a number that is longer than any is not remembered', async () => {
    const { sim } = await start();
    const own = { baxh: '粤ICP备2026000123号', bamm: 'wrong' };
    for (let tries = 0; tries < 6; tries += 1) {
      const call = makeCall('isp_verifybamm', unit, own, { packed: null, randomBelow: randomInt });
      const response = await fetch(`${sim.url}/v3/440000${servicePaths[operations.isp_verifybamm.service]}`, {
        method: 'POST',
        headers: { 'content-type': 'text/xml' },
        body: writeSoapCall(spoil(call, { baxh: '9'.repeat(256) }), { namespace: 'http://anything.example/' }),
      });
      const document = readSoapAnswer('isp_verifybamm', await response.text(), defaultLimits);
      expect(readAnswer('isp_verifybamm', document, defaultLimits).answer.msg_code).toBe(999);
    }
  });
});

describe('what is wrong with a document is said in a later result, and its number is used', () => {
  const documentOf = (xml: Buffer | string) => (Buffer.isBuffer(xml) ? xml : Buffer.from(xml, 'latin1'));
  const uploadOf = (inside: string, version = 'V.3.0') =>
    `<?xml version="1.0" encoding="GBK"?><UploadData version="${version}"><ICP>${inside}</ICP></UploadData>`;
  test.each([
    ['no XML', '<UploadData', 5001],
    [
      'not GBK',
      Buffer.concat([Buffer.from(uploadOf('<Qqdwid>9001</Qqdwid>').replace('9001', '')), Buffer.from([0xff, 0xff])]),
      5008,
    ],
    ['another version', uploadOf('<Qqdwid>9001</Qqdwid>', 'V.2.1'), 5004],
    [
      'another unit',
      uploadOf('<ZXBA><Zx_xx><Zxlb>1</Zxlb><Jlid>1</Jlid><Zxly>1</Zxly></Zx_xx></ZXBA><Qqdwid>1</Qqdwid>'),
      5003,
    ],
    ['an element that there is not', uploadOf('<Nothing/><Qqdwid>9001</Qqdwid>'), 5001],
    ['no record', uploadOf('<Qqdwid>9001</Qqdwid>'), 5001],
    [
      'reports of IP addresses',
      '<?xml version="1.0" encoding="GBK"?><UploadData version="V.3.0"><IP><Qqdwid>9001</Qqdwid></IP></UploadData>',
      5011,
    ],
  ])('%s', async (_what, document, code) => {
    const { sim, codes, client } = await start();
    const zip = zipOne(documentOf(document));
    const call = spoil(await rightCall(), {
      encryptAlgorithm: 0,
      beianInfo: zip.toString('base64'),
      beianInfoHash: md5(zip),
    });
    expect(await send(sim.url, call)).toBe(0);
    expect((await codes()).map((result) => result.codes)).toEqual([[code]]);
    expect(await client.ask('isp_querypreviousupload', {})).toMatchObject({ fileInfos: { dataSequence: 1 } });
  });
});
