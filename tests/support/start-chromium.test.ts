import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Chromium, startChromium } from './start-chromium.ts';

let chromium: Chromium | null = null;
beforeAll(async () => {
  chromium = await startChromium();
});
afterAll(() => chromium?.stop());

test('a page of this machine opens in Chinese with glyphs for it, and nothing outside is reached', async (ctx) => {
  if (chromium === null) return ctx.skip('Chromium is missing');
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<p id="lang">${request.headers['accept-language']}</p><span id="a">备</span><span id="b">案</span>`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    expect(await page.textContent('#lang')).toMatch(/^zh-CN/);
    expect(await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone)).toBe('Asia/Shanghai');
    // Without a Chinese font both would be the same empty box.
    const [first, second] = [await page.locator('#a').screenshot(), await page.locator('#b').screenshot()];
    expect(first.equals(second)).toBe(false);
    await expect(page.goto('http://example.com/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
