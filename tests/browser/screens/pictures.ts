import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { differenceOf, differingPlaces, type Picture } from './compare-pictures.ts';
import { type MadeWith, madeWith, rememberMadeWith, showSample, wordsOf } from './made-with.ts';
import { withSteadyTexts } from './steady-texts.ts';
import { enlarged, marked, packed, takePicture, takeWhole, unpacked } from './take-picture.ts';
import type { Check, View } from './view.ts';

/** Where pictures lie. */
interface PictureFolders {
  /** Reduced ones, as views should look; written by `npm run screens -- --update`. */
  readonly expected: string;
  /** What looks otherwise, for people. */
  readonly differences: string;
}

export const pictureFolders: PictureFolders = {
  expected: join(import.meta.dirname, 'expected'),
  differences: join(tmpdir(), 'openbeian-screen-differences'),
};
/** Of the picture that tells how a machine draws. */
export const sampleName = 'sample';

/** The part of a long page that is looked at, in pixels. */
const mostHeight = 2400;
/** Looks at what differs, before it is called different: something may still have been on its way. */
const tries = 3;
const betweenTriesMs = 700;

const fileOf = (name: string, { expected }: PictureFolders): string => join(expected, `${name}.webp`);
export const pictureName = ({ name, language, width }: Pick<View, 'name' | 'language' | 'width'>): string =>
  `${name}.${language}.${width}`;

/** Whether expected pictures are to be written again, as `npm run screens -- --update` asks. */
export const isUpdate = process.env.OPENBEIAN_SCREENS === 'update';

/** Writes the pictures that look otherwise than before again. @param page an empty one */
export async function keepPictures(page: Page): Promise<Check> {
  const { here, drawn } = await drawSample(page);
  await keepPicture(sampleName, drawn, pictureFolders);
  rememberMadeWith(here);
  return keeping(pictureFolders);
}

/**
 * Compares each view with its expected picture. Where this machine draws otherwise than the one that made them, says so and compares
 * nothing.
 * @param page an empty one
 */
export async function comparePictures(page: Page): Promise<readonly Check[]> {
  const { here, drawn } = await drawSample(page);
  const said = differenceOf(await unpacked(readFileSync(fileOf(sampleName, pictureFolders))), drawn);
  if (said === null) return [comparing(here, pictureFolders)];
  process.stderr.write(leftOut(here, madeWith()));
  return [];
}

async function drawSample(page: Page): Promise<{ readonly here: MadeWith; readonly drawn: Picture }> {
  const here = await showSample(page);
  return { here, drawn: await takePicture(page) };
}

export const leftOut = (here: MadeWith, made: MadeWith): string =>
  `\n!!! 截图未比对：本机（${wordsOf(here)}）与制作基准截图的机器（${wordsOf(made)}）绘制文字的方式不同。\n!!! Pictures of screens were NOT compared: this machine (${wordsOf(here)}) draws otherwise than the one that made the expected pictures (${wordsOf(made)}).\n\n`;

/** Writes expected pictures of what looks otherwise than before, and leaves it in full size, to be looked at. */
export const keeping =
  (folders: PictureFolders): Check =>
  async (view) => {
    const picture = await settledPicture(view);
    const isNew = await keepPicture(pictureName(view), picture, folders);
    if (isNew) await leave(folders, view, { expected: picture, actual: picture });
    return [];
  };

/** @returns whether there was none that looks the same, which is left as it is */
async function keepPicture(name: string, picture: Picture, folders: PictureFolders): Promise<boolean> {
  const file = fileOf(name, folders);
  if (existsSync(file) && differenceOf(await unpacked(readFileSync(file)), picture) === null) return false;
  mkdirSync(folders.expected, { recursive: true });
  writeFileSync(file, await packed(picture));
  return true;
}

/** Whose rows of one moment come in another order each time: at a clock that stands still, nearly all of them. */
const unordered: ReadonlySet<string> = new Set(['audit']);

export function comparing(here: MadeWith, folders: PictureFolders): Check {
  return async (view) => {
    if (unordered.has(view.name)) return [];
    const file = fileOf(pictureName(view), folders);
    if (!existsSync(file)) return ['has no expected picture: npm run screens -- --update'];
    const expected = await unpacked(readFileSync(file));
    let actual = await reducedPicture(view);
    let said = differenceOf(expected, actual);
    for (let tried = 1; said !== null && tried < tries; tried += 1) {
      await view.page.waitForTimeout(betweenTriesMs);
      actual = await reducedPicture(view);
      said = differenceOf(expected, actual);
    }
    if (said === null) return [];
    const made = madeWith();
    const hint = made.chromium === here.chromium ? '' : `; expected with ${wordsOf(made)}, drawn with ${wordsOf(here)}`;
    const kept = await leave(folders, view, { expected, actual });
    return [`looks otherwise than expected, ${said}${hint}; ${kept}.expected.png, .actual.png, .difference.png`];
  };
}

/** Leaves what is to be looked at. @returns where, but for the ends of the names */
async function leave(
  { differences }: PictureFolders,
  view: View,
  { expected, actual }: { readonly expected: Picture; readonly actual: Picture },
): Promise<string> {
  mkdirSync(differences, { recursive: true });
  const kept = join(differences, pictureName(view));
  const whole = await steadily(view, () => takeWhole(view.page));
  writeFileSync(`${kept}.expected.png`, await enlarged(expected));
  writeFileSync(`${kept}.actual.png`, whole);
  // Of another height, the part that both have: what moved shows where it began to.
  writeFileSync(`${kept}.difference.png`, await marked(whole, differingPlaces(expected, actual)));
  return kept;
}

/** As it looks twice in a row: on a busy machine a page is still on its way when all its requests have been answered. */
async function settledPicture(view: View): Promise<Picture> {
  let picture = await reducedPicture(view);
  for (let tried = 1; tried < tries * 3; tried += 1) {
    await view.page.waitForTimeout(betweenTriesMs);
    const next = await reducedPicture(view);
    if (differenceOf(picture, next) === null) return next;
    picture = next;
  }
  return picture;
}

const reducedPicture = (view: View): Promise<Picture> => steadily(view, () => takePicture(view.page));

/** Looks at the window with its dialog, or at a window as high as the page, so far as that is looked at. */
async function steadily<T>(view: View, look: () => Promise<T>): Promise<T> {
  const { page, isDialog } = view;
  const size = page.viewportSize();
  if (isDialog || size === null) return withSteadyTexts(view, look);
  const high = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ ...size, height: Math.max(size.height, Math.min(high, mostHeight)) });
  await page.evaluate(() => scrollTo(0, 0));
  try {
    return await withSteadyTexts(view, look);
  } finally {
    await page.setViewportSize(size);
  }
}
