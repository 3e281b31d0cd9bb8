import type { PictureDefect, PictureFacts } from '@openbeian/model/materials';
import { fileTypeFromBuffer } from 'file-type';
import sharp, { type Metadata, type Sharp } from 'sharp';

/** As `PictureTask` of the ports: this file runs in a process of its own. */
interface Task {
  readonly bytes: Uint8Array;
  readonly mostPixels: number;
  readonly copyBytes: number;
}

type Looked = { readonly facts: PictureFacts; readonly copy: Uint8Array } | PictureDefect;

// One picture at a time, and nothing of it is kept for the next.
sharp.cache(false);
sharp.concurrency(1);

const mediaTypes = ['image/jpeg', 'image/png'] as const;

/** Decodes, measures, and makes the authority's copy. What the file is is read from its bytes alone. */
export async function lookAtPicture({ bytes, mostPixels, copyBytes }: Task): Promise<Looked> {
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === 'image/apng') return { defect: 'animated' };
  const mediaType = mediaTypes.find((one) => one === found?.mime);
  if (mediaType === undefined) return { defect: 'not_a_picture', found: found?.mime ?? null };
  // Warnings of the decoder are errors: what is cut short is not shown as far as it goes.
  const open = () => sharp(bytes, { failOn: 'warning', limitInputPixels: mostPixels, sequentialRead: true });
  const known = await readMetadata(bytes);
  if (known === null) return { defect: 'broken' };
  if ((known.pages ?? 1) > 1) return { defect: 'animated' };
  const { width, height } = known;
  if (width * height > mostPixels) return { defect: 'too_many_pixels', width, height };
  try {
    const flat = () => open().autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');
    const facts = { mediaType, bytes: bytes.byteLength, ...turned(known), ...(await measure(flat())) };
    const copy = await makeCopy(flat, Math.max(width, height), copyBytes);
    return copy === null ? { defect: 'no_small_copy' } : { facts, copy };
  } catch {
    return { defect: 'broken' };
  }
}

/** The header only; null where even that cannot be read. */
const readMetadata = (bytes: Uint8Array): Promise<Metadata | null> =>
  sharp(bytes, { failOn: 'error', limitInputPixels: false })
    .metadata()
    .catch(() => null);

/** Orientations of EXIF from 5 on lie on their side. */
function turned({ width, height, orientation = 1, space, exif }: Metadata) {
  const isOnSide = orientation >= 5;
  return {
    width: isOnSide ? height : width,
    height: isOnSide ? width : height,
    isCmyk: space === 'cmyk',
    isFromCamera: exif !== undefined && namesCamera(exif),
  };
}

/** Tag 0x010f of EXIF is the maker, in whichever order of bytes. */
function namesCamera(exif: Uint8Array): boolean {
  const text = Buffer.from(exif).toString('latin1');
  return text.includes('\u000f\u0001\u0002\u0000') || text.includes('\u0001\u000f\u0000\u0002');
}

const measuredSide = 1024;

async function measure(picture: Sharp) {
  const { data, info } = await picture
    .resize({ width: measuredSide, height: measuredSide, fit: 'inside', withoutEnlargement: true })
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const grey = new Uint8Array(width * height);
  const counts = new Map<number, number>();
  let commonest = 0;
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * channels;
    const red = data[from] ?? 0;
    const green = channels > 2 ? (data[from + 1] ?? 0) : red;
    const blue = channels > 2 ? (data[from + 2] ?? 0) : red;
    grey[at] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    const colour = (red << 16) | (green << 8) | blue;
    const count = (counts.get(colour) ?? 0) + 1;
    counts.set(colour, count);
    if (count > commonest) commonest = count;
  }
  const { mean, deviation } = spreadOf(grey);
  const sharpness = deviationOfLaplacian(grey, width, height);
  return { sharpness, light: mean, contrast: deviation, flatShare: commonest / Math.max(1, grey.length) };
}

function spreadOf(values: Uint8Array) {
  let sum = 0;
  let squares = 0;
  for (const value of values) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / Math.max(1, values.length);
  return { mean, deviation: Math.sqrt(Math.max(0, squares / Math.max(1, values.length) - mean * mean)) };
}

/** Edges are where the second derivative is large; a blurred picture has none. */
function deviationOfLaplacian(grey: Uint8Array, width: number, height: number): number {
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const at = y * width + x;
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0);
      const value = 4 * (grey[at] ?? 0) - around;
      sum += value;
      squares += value * value;
      count += 1;
    }
  }
  const mean = sum / Math.max(1, count);
  return Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
}

/** From large and good to small and coarse; text is still readable at the last. */
const sides = [2000, 1600, 1280, 1024, 800, 640];
const qualities = [85, 75, 65, 55, 45];

/** The largest copy that is small enough; null where even the smallest is too large. */
async function makeCopy(flat: () => Sharp, longest: number, mostBytes: number): Promise<Uint8Array | null> {
  for (const side of sides) {
    if (side !== sides.at(-1) && side >= longest * 1.25) continue;
    const size = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
    const { data, info } = await flat().resize(size).removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: info.channels };
    const encode = (quality: number) => sharp(data, { raw }).jpeg({ quality, progressive: false }).toBuffer();
    // Where the coarsest is too large at this size, none fits.
    if ((await encode(qualities.at(-1) ?? 45)).byteLength > mostBytes) continue;
    for (const quality of qualities) {
      const copy = await encode(quality);
      if (copy.byteLength <= mostBytes) return copy;
    }
  }
  return null;
}
