import { chromium } from 'playwright-core';
const base = process.env.BASE ?? 'http://127.0.0.1:8655';
const [, , login, size = 'wide', lang = 'zh', ...paths] = process.argv;
const viewport = size === 'wide' ? { width: 1440, height: 900 } : { width: 390, height: 844 };
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const ctx = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
const page = await ctx.newPage();
page.on('console', (m) => { if (m.type() === 'error' || m.type() === 'warning') console.log('CONSOLE', m.type(), m.text().slice(0, 400)); });
page.on('pageerror', (e) => console.log('PAGEERROR', e.message.slice(0, 600)));
page.on('requestfailed', (r) => console.log('REQFAILED', r.url()));
await page.goto(base + '/sign-in');
await page.evaluate((l) => localStorage.setItem('openbeian.language', l), lang);
if (login !== '-') {
  await page.evaluate(async (l) => { await fetch('/api/v1/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: l, password: (l + '-sample').padEnd(12, '1') }) }); }, login!);
}
for (const path of paths) {
  await page.goto(base + path, { waitUntil: 'networkidle' });
  await page.waitForTimeout(400);
  const name = `/tmp/shots/${login}-${size}-${lang}${path.replace(/[^a-z0-9]+/gi, '_')}.png`;
  await page.screenshot({ path: name, fullPage: true });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  console.log(name, over > 0 ? `OVERFLOW ${over}px` : '');
}
await browser.close();
