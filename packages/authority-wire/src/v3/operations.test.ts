import { isFault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from './limits.ts';
import { makeCall, operations, servicePaths } from './operations.ts';
import { passwordHash } from './package/hashes.ts';
import { readSoapAnswer, readSoapCall, writeSoapAnswer, writeSoapCall } from './soap-calls.ts';
import { sampleUploads } from './testing/samples.ts';
import { packUpload } from './uploads.ts';

const credentials = { ispId: 9001, userName: 'provider', password: '口令-secret' };
const namespace = 'http://example.cn/isp?a=1&b=2';
const chance = { packed: null, randomBelow: (limit: number) => limit - 1 };
const randVal = 'z'.repeat(20);
const head = ['ispId', 'userName', 'randVal', 'pwdHash'];
const headValues = [9001, 'provider', randVal, passwordHash(credentials.password, randVal)];

test('the six operations have the parameters of the interface, in its order, at its addresses', () => {
  const described = Object.entries(operations).map(([name, { service, shape }]) => [
    name,
    servicePaths[service],
    Object.keys(shape.shape),
  ]);
  const upDown = '/ISPWebService/upDownLoad';
  expect(described).toEqual([
    [
      'isp_upload',
      upDown,
      [...head, 'beianInfo', 'beianInfoHash', 'dataSequence', 'encryptAlgorithm', 'hashAlgorithm', 'compressionFormat'],
    ],
    ['isp_download', upDown, [...head, 'hashAlgorithm']],
    ['isp_downloadack', upDown, [...head, 'hashAlgorithm', 'fileName']],
    ['isp_querypreviousupload', upDown, [...head, 'hashAlgorithm']],
    [
      'isp_querybeianstatus',
      '/BeianStatusWebService/queryBeianStatus',
      [...head, 'hashAlgorithm', 'queryConditionType', 'queryCondition'],
    ],
    ['isp_verifybamm', '/BeianStatusWebService/verifyBamm', [...head, 'hashAlgorithm', 'baxh', 'bamm']],
  ]);
});

test('a call has who calls, a random text and its hash, and never the password', async () => {
  const packed = await packUpload(sampleUploads.cancel, { cipher: null, at: new Date('2026-11-21T01:30:00Z') });
  const call = makeCall('isp_upload', credentials, { dataSequence: 7 }, { ...chance, packed });
  expect(call.parameters.map(([, value]) => value)).toEqual([
    ...headValues,
    packed.beianInfo,
    packed.beianInfoHash,
    7,
    0,
    0,
    0,
  ]);
  expect(writeSoapCall(call, { namespace })).not.toContain('secret');
  expect(
    makeCall('isp_downloadack', credentials, { fileName: 'down0001' }, chance).parameters.map(([, value]) => value),
  ).toEqual([...headValues, 0, 'down0001']);
});

describe('a call that the authority would not take is refused here', () => {
  const refusedAt = (make: () => unknown) => {
    try {
      make();
    } catch (error) {
      if (!isFault(error, 'authority.not_sendable')) throw error;
      expect(String(error)).not.toContain('secret');
      return error.extras.places?.map(({ path }) => path);
    }
    return undefined;
  };
  test.each([
    ['isp_downloadack.fileName', () => makeCall('isp_downloadack', credentials, { fileName: '' }, chance)],
    [
      'isp_querybeianstatus.queryCondition',
      () => makeCall('isp_querybeianstatus', credentials, { queryConditionType: 0, queryCondition: 'a' }, chance),
    ],
    [
      'isp_querybeianstatus.queryCondition',
      () =>
        makeCall(
          'isp_querybeianstatus',
          credentials,
          { queryConditionType: 0, queryCondition: '𠮷.cn.example' },
          chance,
        ),
    ],
    ['isp_verifybamm.baxh', () => makeCall('isp_verifybamm', credentials, { baxh: '', bamm: 'x' }, chance)],
    ['isp_download.ispId', () => makeCall('isp_download', { ...credentials, ispId: 0 }, {}, chance)],
    ['password', () => makeCall('isp_download', { ...credentials, password: 'secret𠮷' }, {}, chance)],
    ['password', () => makeCall('isp_download', { ...credentials, password: '' }, {}, chance)],
  ])('%s', (path, make) => {
    expect(refusedAt(make)).toEqual([path]);
  });

  test('an upload without a package, or beyond the four bytes of its number', async () => {
    expect(refusedAt(() => makeCall('isp_upload', credentials, { dataSequence: 1 }, chance))).toContain(
      'isp_upload.beianInfo',
    );
    const packed = await packUpload(sampleUploads.cancel, { cipher: null, at: new Date(0) });
    for (const dataSequence of [0, 2 ** 31, 1.5]) {
      expect(refusedAt(() => makeCall('isp_upload', credentials, { dataSequence }, { ...chance, packed }))).toEqual([
        'isp_upload.dataSequence',
      ]);
    }
  });
});

describe('the SOAP envelope', () => {
  const call = makeCall(
    'isp_querybeianstatus',
    credentials,
    { queryConditionType: 0, queryCondition: 'a&b<c>.cn' },
    chance,
  );

  test('is written in the order of the interface', () => {
    expect(writeSoapCall(call, { namespace })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>' +
        '<m:isp_querybeianstatus xmlns:m="http://example.cn/isp?a=1&amp;b=2"><ispId>9001</ispId><userName>provider</userName>' +
        `<randVal>${randVal}</randVal><pwdHash>${String(headValues[3])}</pwdHash><hashAlgorithm>0</hashAlgorithm>` +
        '<queryConditionType>0</queryConditionType><queryCondition>a&amp;b&lt;c&gt;.cn</queryCondition></m:isp_querybeianstatus>' +
        '</soapenv:Body></soapenv:Envelope>',
    );
  });

  test('takes the names that the service’s WSDL has, and is read whatever they are', () => {
    const text = writeSoapCall(call, { namespace, parts: { ispId: 'ispID' }, qualified: true });
    expect(text).toContain('<m:ispID>9001</m:ispID>');
    expect(readSoapCall(text, defaultLimits)).toEqual({
      operation: 'isp_querybeianstatus',
      parameters: call.parameters.map(([name, value]) => [name, String(value)]),
    });
  });

  test('of an answer gives the document in it, escaped or as CDATA', () => {
    const document = '<?xml version="1.0" encoding="GBK"?><return><msg_code>0</msg_code></return>';
    expect(readSoapAnswer('isp_download', writeSoapAnswer('isp_download', namespace, document), defaultLimits)).toBe(
      document,
    );
    const cdata = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header/><S:Body><n:isp_downloadResponse xmlns:n="x"><isp_downloadReturn><![CDATA[${document}]]></isp_downloadReturn></n:isp_downloadResponse></S:Body></S:Envelope>`;
    expect(readSoapAnswer('isp_download', cdata, defaultLimits)).toBe(document);
  });

  test('of a fault, of another operation, or no envelope at all is a named fault', () => {
    const envelope = (body: string) =>
      `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${body}</e:Body></e:Envelope>`;
    const faultOf = (text: string) => {
      try {
        return readSoapAnswer('isp_download', text, defaultLimits);
      } catch (error) {
        return error;
      }
    };
    const fault = faultOf(
      envelope('<e:Fault><faultcode>soap:Server</faultcode><faultstring>张三 13800000000</faultstring></e:Fault>'),
    );
    expect(fault).toMatchObject({ code: 'authority.refused' });
    expect(String(fault)).toContain('soap:Server');
    expect(String(fault)).not.toContain('13800000000');
    const others = [
      envelope('<isp_uploadResponse><return>x</return></isp_uploadResponse>'),
      envelope('<isp_downloadResponse/>'),
      envelope(''),
      '<html/>',
      '<Envelope><Body/></Envelope>',
    ];
    for (const text of others)
      expect(faultOf(text)).toMatchObject({ extras: { reasons: [{ code: 'soap_malformed' }] } });
    expect(faultOf('')).toMatchObject({ extras: { reasons: [{ code: 'xml_malformed' }] } });
    expect(faultOf('<!DOCTYPE a><a/>')).toMatchObject({ extras: { reasons: [{ code: 'xml_doctype' }] } });
  });
});
