import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDownload } from '../downloads.ts';
import { defaultLimits } from '../limits.ts';
import { has, run } from '../testing/programs.ts';
import { decrypt, encrypt } from './cipher.ts';
import { contentHash, filingPasswordHash, makeRandVal, passwordHash } from './hashes.ts';
import { openPackage, type PackedDocument, pack } from './pack.ts';
import { unzipOne } from './zip.ts';

const cipher = { key: '0123456789abcdef', iv: '0102030405060708' };
const at = new Date('2026-11-21T01:30:00Z');
const content = Buffer.from('<?xml version="1.0"?><a>hello</a>'.repeat(50));
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'authority-wire-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function unzip(zip: Buffer): Promise<{ name: string; bytes: Buffer }> {
  const parts: Buffer[] = [];
  const name = await unzipOne(zip, defaultLimits, (bytes) => parts.push(bytes));
  return { name, bytes: Buffer.concat(parts) };
}

describe('the vectors of the interface', () => {
  test('pwdHash: base64 of the raw MD5 of password and random text', () => {
    expect(passwordHash('1234567890', 'abcdefghij')).toBe('9fq6VgG8bDFoWECeX62u2Q==');
  });

  test('pwdHash is taken over GBK', () => {
    // printf '口令abc' | iconv -t GBK | openssl md5 -binary | base64
    expect(passwordHash('口令', 'abc')).toBe('1jyUCGFfNxl9c9Inzcr96Q==');
  });

  test('ICPmm is hexadecimal, unlike the others', () => {
    expect(filingPasswordHash('123456')).toBe('e10adc3949ba59abbe56e057f20f883e');
  });

  test('AES-128-CBC with PKCS #5 padding', () => {
    expect(encrypt(Buffer.from('hello'), cipher).toString('base64')).toBe('FL1SM7AKsiwls1Ghnd/yEA==');
    expect(decrypt(Buffer.from('FL1SM7AKsiwls1Ghnd/yEA==', 'base64'), cipher).toString()).toBe('hello');
  });

  test('randVal: twenty digits and letters, from the source of chance that is given', () => {
    let next = 0;
    expect(makeRandVal((limit) => (next += 7) % limit)).toMatch(/^[\dA-Za-z]{20}$/);
    expect(makeRandVal(() => 61)).toBe('z'.repeat(20));
    expect(makeRandVal(() => 0)).toBe('0'.repeat(20));
  });
});

test.each([null, cipher])('what is packed is opened again (cipher: %j)', async (key) => {
  const packed = await pack(content, { cipher: key, at, fileName: 'beianinfo.xml' });
  expect(packed).toMatchObject({ encryptAlgorithm: key === null ? 0 : 1, hashAlgorithm: 0, compressionFormat: 0 });
  const zip = openPackage(packed, { cipher: key, limits: defaultLimits });
  expect(packed.beianInfoHash).toBe(contentHash(zip));
  expect(await unzip(zip)).toEqual({ name: 'beianinfo.xml', bytes: content });
});

describe('programs of others', () => {
  test.skipIf(!has('unzip') || !has('openssl'))(
    'open what is packed: openssl the cipher and the hash, unzip the rest',
    async () => {
      const packed = await pack(content, { cipher, at, fileName: 'beianinfo.xml' });
      const zip = run(
        'openssl',
        ['enc', '-d', '-aes-128-cbc', '-K', hex(cipher.key), '-iv', hex(cipher.iv), '-base64', '-A'],
        Buffer.from(packed.beianInfo),
      );
      expect(run('openssl', ['dgst', '-md5', '-binary'], zip).toString('base64')).toBe(packed.beianInfoHash);
      const file = join(folder, 'ours.zip');
      writeFileSync(file, zip);
      expect(run('unzip', ['-Z1', file]).toString()).toBe('beianinfo.xml\n');
      expect(run('unzip', ['-tqq', file]).toString()).toBe('');
      expect(run('unzip', ['-p', file]).equals(content)).toBe(true);
    },
  );

  test.skipIf(!has('zip') || !has('openssl') || !has('iconv'))(
    'pack what is opened: iconv, zip and openssl',
    async () => {
      const xml =
        '<?xml version="1.0" encoding="GBK"?>\n<DownloadData version="V.3.0"><ICP><XGTZ><Tzxx><Tzlb>0</Tzlb><Tznr>请修改主办单位名称</Tznr></Tzxx></XGTZ></ICP></DownloadData>';
      const source = join(folder, 'down0001.xml');
      writeFileSync(source, run('iconv', ['-f', 'UTF-8', '-t', 'GBK'], Buffer.from(xml)));
      const file = join(folder, 'theirs.zip');
      run('zip', ['-q', '-j', file, source]);
      const zip = readFileSync(file);
      const packed: PackedDocument = {
        beianInfo: run(
          'openssl',
          ['enc', '-aes-128-cbc', '-K', hex(cipher.key), '-iv', hex(cipher.iv), '-base64'],
          zip,
        ).toString(),
        beianInfoHash: run('openssl', ['dgst', '-md5', '-binary'], zip).toString('base64'),
        encryptAlgorithm: 1,
        hashAlgorithm: 0,
        compressionFormat: 0,
      };
      const { value, notes, entryName } = await readDownload(packed, { cipher, limits: defaultLimits });
      expect(value.ICP?.XGTZ?.Tzxx).toEqual([{ Tzlb: 0, Tznr: '请修改主办单位名称' }]);
      expect({ notes, entryName }).toEqual({ notes: [], entryName: 'down0001.xml' });
    },
  );
});
