import type { CDPSession, Page } from 'playwright-core';
import sharp from 'sharp';
import { type Picture, type Place, reduction } from './compare-pictures.ts';

/** The browser's own protocol: Playwright does not have a page drawn smaller, which costs a fraction of what reducing it does. */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

async function draw(page: Page, scale: number): Promise<Buffer> {
  const opening = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, opening);
  const session = await opening;
  const frame = await page.evaluate(() => ({ x: 0, y: scrollY, width: innerWidth, height: innerHeight }));
  const { data } = await session.send('Page.captureScreenshot', {
    format: 'png',
    optimizeForSpeed: true,
    // What is beyond it is not asked for: for that the browser makes the window one pixel wide, and tables become lists.
    captureBeyondViewport: false,
    clip: { ...frame, scale },
  });
  return Buffer.from(data, 'base64');
}

/** The window, reduced. */
export const takePicture = async (page: Page): Promise<Picture> => unpacked(await draw(page, 1 / reduction));

/** The window, for people. */
export const takeWhole = (page: Page): Promise<Buffer> => draw(page, 1);

/** As kept in the repository. */
export const packed = ({ width, height, pixels }: Picture): Promise<Buffer> =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    // Off by two of 255 at most, and half as large as without a loss.
    .webp({ nearLossless: true, quality: 60, effort: 6 })
    .toBuffer();

export async function unpacked(image: Buffer): Promise<Picture> {
  const { data, info } = await sharp(image)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: data };
}

/** In the size of the page, for people. */
export const enlarged = ({ width, height, pixels }: Picture): Promise<Buffer> =>
  sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize({ width: width * reduction, kernel: 'nearest' })
    .png()
    .toBuffer();

/** The picture, red where it differs. */
export async function marked(png: Buffer, places: readonly Place[]): Promise<Buffer> {
  const { width, height, pixels } = await unpacked(png);
  for (const { x: left, y: top, size } of places)
    for (let y = top; y < Math.min(top + size, height); y += 1)
      for (let x = left; x < Math.min(left + size, width); x += 1) {
        const at = (y * width + x) * 3;
        // Green and blue half of what they were: what is there can still be read.
        pixels.set([255, (pixels[at + 1] ?? 0) / 2, (pixels[at + 2] ?? 0) / 2], at);
      }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
