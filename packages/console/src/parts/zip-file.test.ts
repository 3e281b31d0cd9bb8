import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { ZipFile } from './zip-file.ts';

const bounds = { entries: 3, unpackedBytes: 1_000_000 };
const open = (bytes: Uint8Array<ArrayBuffer>, within = bounds) => ZipFile.open(new Blob([bytes]), within);
const small = zipSync({ 'a/名.txt': strToU8('甲乙'), stored: [strToU8('plain'), { level: 0 }] });

test('entries are found by their names, packed or not', async () => {
  const zip = await open(small);
  const parts: string[] = [];
  for await (const part of zip.text('a/名.txt')) parts.push(part);
  expect(parts.join('')).toBe('甲乙');
  expect(await zip.bytes('stored')).toEqual(strToU8('plain'));
  expect([zip.has('stored'), zip.has('other')]).toEqual([true, false]);
  // Where the mark of the list's first entry is.
  expect([...small.subarray(zip.directoryAt, zip.directoryAt + 4)]).toEqual([0x50, 0x4b, 1, 2]);
  await expect(zip.bytes('other')).rejects.toMatchObject({ flaw: 'damaged', where: 'other' });
});

test('what unpacks to more than is allowed is given up while it is unpacked, whatever the file says of its size', async () => {
  const bomb = zipSync({ bomb: new Uint8Array(30_000_000) });
  expect(bomb.byteLength).toBeLessThan(100_000);
  const directoryAt = (await open(bomb)).directoryAt;
  // It says that it has ten bytes.
  new DataView(bomb.buffer).setUint32(directoryAt + 24, 10, true);
  const zip = await open(bomb);
  let length = 0;
  const read = async () => {
    for await (const part of zip.text('bomb')) length += part.length;
  };
  await expect(read()).rejects.toMatchObject({ flaw: 'too_large', where: 'bomb' });
  expect(length).toBeLessThanOrEqual(1_000_000);
});

test('too many entries, another file and half a file are refused', async () => {
  const many = zipSync(Object.fromEntries(['1', '2', '3', '4'].map((name) => [name, new Uint8Array()])));
  await expect(open(many)).rejects.toMatchObject({ flaw: 'too_large' });
  await expect(open(strToU8('a text'))).rejects.toMatchObject({ flaw: 'not_zip' });
  await expect(open(small.slice(20))).rejects.toMatchObject({ flaw: 'damaged' });
});
