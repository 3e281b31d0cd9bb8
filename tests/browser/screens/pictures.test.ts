import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../../support/require-program.ts';
import { type Chromium, startChromium } from '../../support/start-chromium.ts';
import { comparing, keeping, leftOut, pictureFolders, pictureName, sampleName } from './pictures.ts';
import { customerScreens, providerScreens } from './screen-list.ts';
import { languages, type View, widths } from './view.ts';

const here = { chromium: '1.2.3', fonts: ['Noto Sans'] };

/** A page with what differs from run to run: an id, the last characters of a code and an instant by the real clock. */
function pageWith(id: string, ms: number): string {
  const at = new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
  return `<!doctype html><body style="margin:0;font:14px/22px sans-serif;background:#f2f4f5">
    <header style="padding:16px"><h1 style="margin:0 0 8px">备案授权码</h1>
    <button style="background:#0f5c66;color:#fff;padding:8px 16px;border:0">生成授权码</button></header>
    <section style="margin:16px;padding:16px;background:#fff"><p>在符合条件的云资源上生成，可授权给其他账号。</p>
    <table style="font-family:monospace"><tr><td>•••• ${id.slice(-4)}</td><td>fil_${id}</td><td>${at}</td></tr></table></section>`;
}

describe.skipIf(requireProgram('chromium') === null)('pictures of a page', () => {
  let chromium: Chromium;
  let page: Page;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-pictures-'));
  const folders = { expected: join(folder, 'expected'), differences: join(folder, 'differences') };
  const view = (): View => ({ page, name: 'codes', isDialog: false, language: 'zh', width: 390, unsteady: null });
  const compare = comparing(here, folders);

  beforeAll(async () => {
    const started = await startChromium();
    if (started === null) throw new Error('unreachable: skipped without Chromium');
    chromium = started;
    page = await (await chromium.newContext()).newPage();
    await page.setViewportSize({ width: 390, height: 600 });
    await page.setContent(pageWith('01JDQ2ABCDEFGHJKMNPQRSTVWX', Date.now()));
    await keeping(folders)(view());
  });
  afterAll(async () => {
    await chromium?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are the same with other ids, codes and times, which the page has again afterwards', async () => {
    const id = '01ZZZZ9876543210YYYYYYYYYY';
    await page.setContent(pageWith(id, Date.now() - 4_000_000));
    expect(await compare(view())).toEqual([]);
    expect(await page.getByText(`fil_${id}`).count()).toBe(1);
  });

  it.each([
    ['twelve pixels more above a panel', 'section', 'padding-top: 28px'],
    ['a button that is gone', 'button', 'visibility: hidden'],
    ['a button of another colour as dark', 'button', 'background: #6b4a0f'],
    ['a text that is wider than its place', 'h1', 'width: 40px; white-space: nowrap; font-size: 60px'],
    ['a text that is gone', 'p', 'visibility: hidden'],
  ])('differ by %s, which is told with the screen and left to be looked at', async (_what, selector, style) => {
    await page.setContent(pageWith('01JDQ2ABCDEFGHJKMNPQRSTVWX', Date.now()));
    expect(await compare(view())).toEqual([]);
    rmSync(folders.differences, { recursive: true, force: true });
    await page.locator(selector).evaluate((one, how) => {
      one.style.cssText += `;${how}`;
    }, style);
    const [said] = await compare(view());
    expect(said).toContain('looks otherwise than expected');
    for (const what of ['expected', 'actual', 'difference'])
      expect(existsSync(join(folders.differences, `codes.zh.390.${what}.png`)), what).toBe(true);
  });

  it('are asked for where there is none', async () => {
    expect(await compare({ ...view(), name: 'unknown' })).toEqual([expect.stringContaining('--update')]);
  });
});

describe('expected pictures', () => {
  it('are there for every view of every screen and dialog, and for no other', () => {
    const screens = [customerScreens, providerScreens].flatMap((of) => Object.values(of)).flat();
    const names = screens.flatMap((screen) => [screen.name, ...screen.dialogs.map(({ name }) => name)]);
    expect(screens.length).toBeGreaterThanOrEqual(40);
    const views = names.flatMap((name) =>
      languages.flatMap((language) => widths.map((width) => pictureName({ name, language, width }))),
    );
    const expected = readdirSync(pictureFolders.expected).map((file) => file.replace(/\.webp$/, ''));
    expect(expected.sort()).toEqual([...views, sampleName].sort());
  });

  it('are said to be left out where another browser or other fonts draw', () => {
    const said = leftOut({ chromium: '2', fonts: ['DejaVu'] }, here);
    for (const word of ['Chromium 2; DejaVu', 'Chromium 1.2.3; Noto Sans', '未比对', 'NOT compared'])
      expect(said).toContain(word);
  });
});
