import { createSocket, type Socket } from 'node:dgram';
import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDnsNames } from './dns-names.ts';

/** What the server says of a host: its TXT records, each of some strings; or a code of RFC 1035 §4.1.1. */
type Zone = Readonly<Record<string, readonly (readonly string[])[] | 'nxdomain' | 'servfail' | 'silence'>>;

const codes = { nxdomain: 3, servfail: 2 } as const;

/** The host of the one question, and where the question ends. */
function questionIn(message: Buffer): { readonly host: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { host: labels.join('.').toLowerCase(), end: at + 5 };
}

function answerTo(message: Buffer, zone: Zone): Buffer | null {
  const { host, end } = questionIn(message);
  const known = zone[host] ?? 'nxdomain';
  if (known === 'silence') return null;
  const records = typeof known === 'string' ? [] : known;
  const head = Buffer.from(message.subarray(0, end));
  // An answer, recursion available.
  head.writeUInt16BE(0x8180 | (typeof known === 'string' ? codes[known] : 0), 2);
  head.writeUInt16BE(records.length, 6);
  // Neither authorities nor additional records.
  head.writeUInt32BE(0, 8);
  const bodies = records.map((strings) => {
    const data = Buffer.concat(strings.map((text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])));
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(16, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([head, ...bodies]);
}

describe('the TXT records of a host, from a DNS server', () => {
  let server: Socket;
  const zone: Zone = {
    '_openbeian.two.cn': [['one'], ['openbeian-proof=', 'in two strings']],
    '_openbeian.none.cn': [],
    '_openbeian.failing.cn': 'servfail',
    '_openbeian.silent.cn': 'silence',
    '_openbeian.xn--fiq228c.cn': [['of an IDN']],
  };
  const names = (timeoutMs = 1000) => {
    const { port } = server.address();
    return createDnsNames({ servers: [`127.0.0.1:${port}`], timeoutMs });
  };
  beforeAll(async () => {
    server = createSocket('udp4');
    server.on('message', (message, from) => {
      const answer = answerTo(message, zone);
      if (answer !== null) server.send(answer, from.port, from.address);
    });
    await new Promise<void>((resolve) => server.bind(0, '127.0.0.1', resolve));
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  test('each as one text', async () => {
    expect((await names().findTexts('_openbeian.two.cn')).toSorted()).toEqual([
      'one',
      'openbeian-proof=in two strings',
    ]);
    expect(await names().findTexts('_openbeian.xn--fiq228c.cn')).toEqual(['of an IDN']);
  });

  test('none where there is no such host, or no such record', async () => {
    expect(await names().findTexts('_openbeian.unknown.cn')).toEqual([]);
    expect(await names().findTexts('_openbeian.none.cn')).toEqual([]);
  });

  test.each(['failing', 'silent'])('a %s server says nothing, which is not “no”', async (name) => {
    const error: unknown = await names(100)
      .findTexts(`_openbeian.${name}.cn`)
      .catch((thrown: unknown) => thrown);
    expect(isFault(error, 'name.lookup_failed')).toBe(true);
  });
});
