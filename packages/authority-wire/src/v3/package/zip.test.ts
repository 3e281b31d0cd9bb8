import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { defaultLimits, mostExpanded, type ReadLimits } from '../limits.ts';
import { unzipOne, zipOne } from './zip.ts';

const at = new Date('2026-11-21T01:30:00Z');
const refused = (trouble: string) => ({ code: 'authority.unreadable', extras: { reasons: [{ code: trouble }] } });

async function zipOf(...names: readonly string[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const name of names) {
    if (name.endsWith('/')) zip.addEmptyDirectory(name, { mtime: at });
    else zip.addBuffer(Buffer.from(name), name, { mtime: at });
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function open(zip: Buffer, limits: Partial<ReadLimits> = {}) {
  const parts: Buffer[] = [];
  const name = await unzipOne(zip, { ...defaultLimits, ...limits }, (bytes) => parts.push(bytes));
  return { name, text: Buffer.concat(parts).toString() };
}

/** The central directory says so, and the local header nothing. */
function statedSize(zip: Buffer, size: number): Buffer {
  const lying = Buffer.from(zip);
  lying.writeUInt32LE(size, lying.indexOf('PK\u0001\u0002') + 24);
  return lying;
}

test('one file is found beside folders', async () => {
  expect(await open(await zipOf('a/', 'b/', 'a/x.xml'))).toEqual({ name: 'a/x.xml', text: 'a/x.xml' });
});

test('the same content at the same time is the same ZIP', async () => {
  expect(await zipOne('a.xml', Buffer.from('x'), at)).toEqual(await zipOne('a.xml', Buffer.from('x'), at));
});

describe('what is no package', () => {
  test('two files, none, or more entries than anybody needs', async () => {
    await expect(open(await zipOf('a.xml', 'b.xml'))).rejects.toMatchObject(refused('zip_entries'));
    await expect(open(await zipOf('a/'))).rejects.toMatchObject(refused('zip_entries'));
    const folders = Array.from({ length: 16 }, (_, index) => `${index}/`);
    await expect(open(await zipOf(...folders, 'a.xml'))).rejects.toMatchObject(refused('zip_entries'));
  });

  test('no ZIP at all, and one cut off', async () => {
    await expect(open(Buffer.from('x'))).rejects.toMatchObject(refused('zip_broken'));
    const zip = await zipOf('a.xml');
    await expect(open(zip.subarray(0, -5))).rejects.toMatchObject(refused('zip_broken'));
  });

  test('an encrypted entry, or one packed in another way', async () => {
    const zip = await zipOf('a.xml');
    const central = zip.indexOf('PK\u0001\u0002');
    const encrypted = Buffer.from(zip);
    encrypted.writeUInt16LE(1, central + 8);
    await expect(open(encrypted)).rejects.toMatchObject(refused('zip_broken'));
    const bzip = Buffer.from(zip);
    bzip.writeUInt16LE(12, central + 10);
    await expect(open(bzip)).rejects.toMatchObject(refused('zip_broken'));
  });

  test('a name that would leave the folder', async () => {
    const zip = await zipOf('aaaaaaa.xml');
    const named = Buffer.from(zip.toString('latin1').replaceAll('aaaaaaa.xml', '../../a.xml'), 'latin1');
    await expect(open(named)).rejects.toMatchObject(refused('zip_broken'));
  });

  test('another checksum or another size than is stated', async () => {
    const zip = await zipOne('a.xml', Buffer.from('hello'), at);
    const other = Buffer.from(zip);
    other.writeUInt32LE(1, other.indexOf('PK\u0001\u0002') + 16);
    await expect(open(other)).rejects.toMatchObject(refused('zip_checksum'));
    await expect(open(statedSize(zip, 4))).rejects.toMatchObject(refused('zip_checksum'));
  });
});

describe('a bomb', () => {
  const zeros = Buffer.alloc(40 * 1024 * 1024);

  test('is refused by the size that it states', async () => {
    await expect(open(await zipOne('a.xml', zeros, at))).rejects.toMatchObject(refused('expanded_too_large'));
  });

  test('that states a small size is left off where its bound is', async () => {
    const zip = statedSize(await zipOne('a.xml', zeros, at), 5);
    let given = 0;
    const opened = unzipOne(zip, defaultLimits, (bytes) => {
      given += bytes.length;
    });
    await expect(opened).rejects.toMatchObject(refused('expanded_too_large'));
    const most = mostExpanded(zip.length, defaultLimits);
    expect(most).toBeLessThan(zeros.length);
    expect(given).toBeLessThanOrEqual(most);
  });

  test('what XML packs well is none', async () => {
    const records = Buffer.from('<Tzxx><Tzlb>0</Tzlb><Tznr>x</Tznr></Tzxx>'.repeat(40_000));
    expect(records.length / deflateRawSync(records).length).toBeGreaterThan(100);
    const { text } = await open(await zipOne('a.xml', records, at));
    expect(text.length).toBe(records.length);
  });
});
