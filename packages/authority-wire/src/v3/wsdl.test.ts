import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createClientAsync } from 'soap';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAnswer } from './answers.ts';
import { defaultLimits } from './limits.ts';
import { type Call, makeCall, type Operation, operations } from './operations.ts';
import { readSoapAnswer, readSoapCall, writeSoapAnswer, writeSoapCall } from './soap-calls.ts';
import { readWsdl, writeWsdl } from './wsdl.ts';

const namespace = 'http://isp.example.cn/';
const read = (wsdl: string, more: Record<string, string> = {}) =>
  readWsdl(new Map([['', wsdl], ...Object.entries(more)]), defaultLimits);
const own = (operation: Operation) => Object.keys(operations[operation].shape.shape);
const same = (operation: Operation) => Object.fromEntries(own(operation).map((name) => [name, name]));

describe.each(['upDownLoad', 'queryBeianStatus', 'verifyBamm'] as const)('the description of %s', (service) => {
  test('is read again as it was written', () => {
    const { operations: found, address, missing } = read(writeWsdl(service, namespace, 'http://127.0.0.1:1/x?a&b'));
    const expected = Object.entries(operations)
      .filter(([, each]) => each.service === service)
      .map(([name]) => name);
    expect([...found.keys()]).toEqual(expected);
    for (const [operation, names] of found) {
      expect(names).toEqual({ action: '', namespace, qualified: false, parts: same(operation) });
    }
    expect({ address, missing }).toEqual({ address: 'http://127.0.0.1:1/x?a&b', missing: [] });
  });
});

const rpc = `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="http://a.cn/">
<wsdl:message name="isp_downloadRequest">${['ispID', 'userName', 'randVal', 'pwdHash', 'hashAlgorithm'].map((name) => `<wsdl:part name="${name}" type="x:string"/>`).join('')}</wsdl:message>
<wsdl:portType name="p"><wsdl:operation name="isp_download"><wsdl:input message="impl:isp_downloadRequest"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="b" type="p"><s:binding style="rpc"/><wsdl:operation name="isp_download"><s:operation soapAction="urn:d"/><wsdl:input><s:body namespace="http://b.cn/" use="encoded"/></wsdl:input></wsdl:operation></wsdl:binding>
<wsdl:service name="s"><wsdl:port name="q" binding="b"><s:address location="http://10.0.0.1/x"/></wsdl:port></wsdl:service></wsdl:definitions>`;

const schema = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://c.cn/" elementFormDefault="qualified"><xs:element name="isp_download" type="t:isp_download"/><xs:complexType name="isp_download"><xs:sequence>${[0, 1, 2, 3, 4].map((n) => `<xs:element name="arg${n}" type="xs:string" minOccurs="0"/>`).join('')}</xs:sequence></xs:complexType></xs:schema>`;
const imported = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="http://c.cn/"><types><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:import namespace="http://c.cn/" schemaLocation="http://c.cn/x?xsd=1"/></xs:schema></types><portType name="p"><operation name="isp_download"><input message="m"/></operation></portType><binding name="b" type="p"><soap:binding style="document"/></binding></definitions>`;

describe('descriptions of others', () => {
  test('in style rpc, with a parameter in other letters', () => {
    const { operations: found, address } = read(rpc);
    expect(found.get('isp_download')).toEqual({
      action: 'urn:d',
      namespace: 'http://b.cn/',
      qualified: false,
      parts: { ...same('isp_download'), ispId: 'ispID' },
    });
    expect(address).toBe('http://10.0.0.1/x');
  });

  test('in style document, by place, out of a schema that is imported', () => {
    expect(read(imported).missing).toEqual(['http://c.cn/x?xsd=1']);
    const { operations: found, missing } = read(imported, { 'http://c.cn/x?xsd=1': schema });
    expect(missing).toEqual([]);
    expect(found.get('isp_download')).toMatchObject({
      namespace: 'http://c.cn/',
      qualified: true,
      parts: { ispId: 'arg0', userName: 'arg1', randVal: 'arg2', pwdHash: 'arg3', hashAlgorithm: 'arg4' },
    });
  });

  test('with more parameters than the interface has is refused by name', () => {
    expect(() => read(rpc.replace('<wsdl:part name="ispID"', '<wsdl:part name="x"/><wsdl:part name="y"'))).toThrow(
      /isp_download has other parameters/,
    );
  });

  test.each([
    ['no XML', '<a', 'xml_malformed'],
    ['a document type', '<!DOCTYPE a><a/>', 'xml_doctype'],
    ['too deep', '<a>'.repeat(40), 'xml_too_deep'],
    ['too long', `<a b="${'x'.repeat(1_100_000)}"/>`, 'packed_too_large'],
  ])('%s', (_what, wsdl, trouble) => {
    expect(() => read(wsdl)).toThrow(
      expect.objectContaining({
        extras: expect.objectContaining({ reasons: [expect.objectContaining({ code: trouble })] }),
      }),
    );
  });

  test('a page that is no description has no operations', () => {
    expect(read('<html><body/></html>').operations.size).toBe(0);
  });
});

describe('somebody else’s SOAP library', () => {
  const answer =
    '<?xml version="1.0" encoding="GBK"?><return version="V.3.0"><msg_code>2</msg_code><msg>暂无 &amp; 数据</msg></return>';
  const calls: Call[] = [];
  let server: Server;
  let url: string;

  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = readSoapCall(await text(request), defaultLimits);
    calls.push(call);
    response.end(writeSoapAnswer(call.operation, namespace, answer));
  }

  beforeAll(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/xml; charset=utf-8');
      if (request.method === 'GET') {
        response.end(writeWsdl('upDownLoad', namespace, url));
        return;
      }
      void answerCall(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on TCP has such an address.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ISPWebService/upDownLoad`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  test('calls by our description, is understood, and understands the answer', async () => {
    const client = await createClientAsync(`${url}?wsdl`);
    const call = makeCall(
      'isp_download',
      { ispId: 9001, userName: '用户 & 1', password: 'x' },
      {},
      { packed: null, randomBelow: () => 7 },
    );
    const [result] = (await client['isp_downloadAsync'](Object.fromEntries(call.parameters))) as [{ return: string }];
    expect(result.return).toBe(answer);
    expect(readAnswer('isp_download', result.return, defaultLimits).answer).toMatchObject({
      msg_code: 2,
      msg: '暂无 & 数据',
    });
    expect(calls).toEqual([
      { operation: 'isp_download', parameters: call.parameters.map(([name, value]) => [name, String(value)]) },
    ]);
  });

  test('and our own call says the same to the same service', async () => {
    const { operations: found } = read(await (await fetch(`${url}?wsdl`)).text());
    const call = makeCall(
      'isp_downloadack',
      { ispId: 9001, userName: 'u', password: 'x' },
      { fileName: 'down0001' },
      { packed: null, randomBelow: () => 7 },
    );
    const body = writeSoapCall(call, found.get('isp_downloadack') ?? expect.unreachable('no such operation'));
    const response = await fetch(url, { method: 'POST', body });
    expect(readSoapAnswer('isp_downloadack', await response.text(), defaultLimits)).toBe(answer);
    expect(calls.at(-1)?.parameters.at(-1)).toEqual(['fileName', 'down0001']);
  });
});
