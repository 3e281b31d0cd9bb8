import { crc32 } from 'node:zlib';
import type { PictureFacts } from '@openbeian/model/materials';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import { drawFictionalPicture } from '../../main/sample/pictures.ts';
import { PictureProcesses } from './picture-processes.ts';

const pictures = new PictureProcesses();
afterAll(() => pictures.close());

const limits = { mostPixels: 50_000_000, copyBytes: 100_000 };
const look = (bytes: Uint8Array, more: Partial<typeof limits> = {}) =>
  pictures.look({ bytes, ...limits, ...more }, 'tests');

const paper = drawFictionalPicture({ lines: ['BUSINESS LICENCE', 'NO. 91440300MA5EXAMPLE'], looks: 'page' });
const jpeg = await sharp(paper).jpeg({ quality: 90 }).toBuffer();

async function seen(bytes: Uint8Array, more: Partial<typeof limits> = {}) {
  const found = await look(bytes, more);
  if ('defect' in found) throw new Error(found.defect);
  return found;
}
const factsOf = async (bytes: Uint8Array): Promise<PictureFacts> => (await seen(bytes)).facts;

test('a picture is measured, and its copy is a JPEG that is small enough, without any metadata', async () => {
  const { facts, copy } = await seen(paper);
  expect(facts).toMatchObject({ mediaType: 'image/png', bytes: paper.byteLength, width: 1300, height: 800 });
  expect(facts).toMatchObject({ isCmyk: false, isFromCamera: false });
  expect(copy.byteLength).toBeLessThanOrEqual(100_000);
  const known = await sharp(copy).metadata();
  expect(known).toMatchObject({ format: 'jpeg', space: 'srgb' });
  expect([known.exif, known.icc, known.orientation]).toEqual([undefined, undefined, undefined]);
  const small = await seen(paper, { copyBytes: 40_000 });
  expect(small.copy.byteLength).toBeLessThanOrEqual(40_000);
});

test('of a photo on its side the size and the copy are as it is looked at', async () => {
  const turned = await sharp(jpeg)
    .withExif({ IFD0: { Make: 'Camera' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { facts, copy } = await seen(turned);
  expect(facts).toMatchObject({ width: 800, height: 1300, isFromCamera: true });
  const known = await sharp(copy).metadata();
  expect(known.width / known.height).toBeCloseTo(800 / 1300, 1);
});

test('a blurred, a dark, an empty and a plain picture are measured as such', async () => {
  const sharpOne = await factsOf(jpeg);
  const blurred = await factsOf(await sharp(jpeg).blur(12).jpeg().toBuffer());
  expect(blurred.sharpness).toBeLessThan(1.2);
  expect(sharpOne.sharpness).toBeGreaterThan(5);
  expect((await factsOf(await sharp(jpeg).linear(0.05, 0).jpeg().toBuffer())).light).toBeLessThan(25);
  const blank = { width: 1300, height: 800, channels: 3, background: '#f0f0ee' } as const;
  const empty = await factsOf(await sharp({ create: blank }).png().toBuffer());
  expect(empty.contrast).toBeLessThan(1);
  expect(empty.flatShare).toBe(1);
  expect(sharpOne.flatShare).toBeLessThan(0.3);
});

test('colours for print are told and converted', async () => {
  const { facts, copy } = await seen(await sharp(jpeg).toColourspace('cmyk').jpeg().toBuffer());
  expect(facts.isCmyk).toBe(true);
  expect((await sharp(copy).metadata()).space).toBe('srgb');
});

test.each([
  [
    'a PDF called .jpg',
    Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n'),
    { defect: 'not_a_picture', found: 'application/pdf' },
  ],
  ['text', Buffer.from('hello, world'), { defect: 'not_a_picture', found: null }],
  ['nothing but a signature', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), { defect: 'broken' }],
  ['half a JPEG', jpeg.subarray(0, jpeg.length / 2), { defect: 'broken' }],
  ['half a PNG', paper.subarray(0, paper.length / 2), { defect: 'broken' }],
  ['a GIF', await sharp(jpeg).gif().toBuffer(), { defect: 'not_a_picture', found: 'image/gif' }],
  ['a WebP', await sharp(jpeg).webp().toBuffer(), { defect: 'not_a_picture', found: 'image/webp' }],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), { defect: 'not_a_picture', found: null }],
])('%s is refused by what it is', async (_, bytes, defect) => {
  expect(await look(bytes)).toMatchObject(defect);
});

test('an animated PNG is refused', async () => {
  const control = Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]);
  const animated = Buffer.concat([paper.subarray(0, 33), chunkOf('acTL', control), paper.subarray(33)]);
  expect(await look(animated)).toEqual({ defect: 'animated' });
});

test('a bomb is refused by its header, before anything of it is decoded', async () => {
  const header = Buffer.from(paper.subarray(0, 33));
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  header.writeUInt32BE(crc(header.subarray(12, 29)), 29);
  const bomb = Buffer.concat([header, paper.subarray(33)]);
  expect(await look(bomb)).toEqual({ defect: 'too_many_pixels', width: 60_000, height: 60_000 });
  expect(await look(paper, { mostPixels: 1000 })).toMatchObject({ defect: 'too_many_pixels' });
});

test('a picture that takes too long ends its process, and the next one has another', async () => {
  const hasty = new PictureProcesses({ limitMs: 1 });
  expect(await hasty.look({ bytes: paper, ...limits }, 'tests')).toEqual({ defect: 'too_heavy' });
  hasty.close();
  await seen(paper);
  const before = pictures.pid ?? 0;
  const under = look(paper);
  process.kill(before, 'SIGKILL');
  expect(await under).toEqual({ defect: 'too_heavy' });
  await seen(paper);
  expect(pictures.pid).not.toBe(before);
});

test('one caller cannot fill the queue, and a closed one answers busy', async () => {
  const own = new PictureProcesses({ mostPerCaller: 2 });
  const task = { bytes: paper, ...limits };
  const first = [own.look(task, 'a'), own.look(task, 'a')];
  await expect(own.look(task, 'a')).rejects.toMatchObject({ code: 'server.busy' });
  expect(await own.look(task, 'b')).toHaveProperty('copy');
  await Promise.all(first);
  own.close();
  await expect(own.look(task, 'b')).rejects.toMatchObject({ code: 'server.busy' });
});

const crc = (bytes: Uint8Array): number => crc32(bytes);

function chunkOf(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.byteLength);
  check.writeUInt32BE(crc(named));
  return Buffer.concat([length, named, check]);
}
