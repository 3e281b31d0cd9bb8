import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contrastOf } from '@openbeian/model/colour';
import { Fault } from '@openbeian/model/fault';
import { afterAll, describe, expect, it } from 'vitest';
import { createHttpServer } from '../http/server.ts';
import { needsWith } from '../http/testing/http-world.ts';
import { parseConfig } from './config.ts';
import { publicLook, readLook } from './look.ts';
import { styleOf } from './look-colours.ts';

const folder = mkdtempSync(join(tmpdir(), 'look-test-'));
afterAll(() => rmSync(folder, { recursive: true }));
function fileOf(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const svg = '<?xml version="1.0"?>\n<!-- ours -->\n<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(header);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  return header;
}

const withLook = (look: object) =>
  parseConfig({
    provider: 'tencent',
    name: { zh: '测', en: 'T' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 's' },
    look,
  }).look;

/** What a configuration is refused with. */
async function refusal(wrong: () => unknown) {
  const error = await Promise.resolve()
    .then(wrong)
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof Fault)) throw new Error(`refused with ${error}`);
  return error.extras.places?.[0];
}

describe('the settings of the provider’s look', () => {
  it('refuse a colour that is not legible, and propose the nearest that is', async () => {
    const place = await refusal(() => withLook({ primaryColour: '#ff8800' }));
    expect(place?.path).toBe('config: look.primaryColour');
    const nearest = /"(#[0-9a-f]{6})"$/.exec(place?.expected ?? '')?.[1] ?? '';
    expect(place?.expectedZh).toContain(nearest);
    expect(withLook({ primaryColour: nearest }).primaryColour).toBe(nearest);
    expect((await refusal(() => withLook({ primaryColour: 'teal' })))?.path).toBe('config: look.primaryColour');
  });

  it.each([
    [{ footerLinks: [{ zh: '官网', en: 'Site', url: 'http://example.cn' }] }, 'look.footerLinks[0].url'],
    [{ footerLinks: [{ zh: '官网', en: 'Site', url: 'javascript:alert(1)' }] }, 'look.footerLinks[0].url'],
    [{ support: { zh: '客服', en: 'Support', url: 'javascript:alert(1)' } }, 'look.support.url'],
    [{ title: { zh: '星云备案' } }, 'look.title.en'],
  ])('refuse %j at its place', async (look, path) => {
    expect((await refusal(() => withLook(look)))?.path).toBe(`config: ${path}`);
  });

  it.each([
    ['a file that is not there', () => join(folder, 'none.svg'), /ENOENT/],
    ['a file that is no picture', () => fileOf('page.svg', '<html><svg/></html>'), /SVG or PNG/],
    ['an SVG that is too large', () => fileOf('large.svg', svg.padEnd(100_001)), /100 KB/],
    [
      'a PNG that is too large',
      () => fileOf('large.png', Buffer.concat([png(64, 64), Buffer.alloc(300_000)])),
      /300 KB/,
    ],
    ['a PNG with too many pixels', () => fileOf('wide.png', png(4000, 64)), /2048/],
  ])('refuse %s as the logo', async (_, file, expected) => {
    const place = await refusal(() => readLook(withLook({ logoFile: file() })));
    expect(place?.path).toBe('look.logoFile');
    expect(place?.expected).toMatch(expected);
  });
});

describe('shades of a main colour', () => {
  it.each(['#14606b', '#0052d9', '#b3001b', '#000000', '#5b2da0', '#7a5200'])('%s: all are legible', (primary) => {
    const style = styleOf(withLook({ primaryColour: primary }).primaryColour ?? '');
    const [light = '', dark = ''] = style.split('@media screen');
    const reader = (part: string) => (name: string) => new RegExp(`--${name}:(#[0-9a-f]{6})`).exec(part)?.[1] ?? '';
    for (const [of, grounds] of [
      [reader(light), ['#ffffff', '#f8faf9', '#f3f5f4']],
      [reader(dark), ['#10181b', '#172226', '#1e2b30']],
    ] as const) {
      for (const ground of [...grounds, of('brand-wash')]) {
        expect(contrastOf(of('brand'), ground)).toBeGreaterThanOrEqual(4.5);
        expect(contrastOf(of('brand-strong'), ground)).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrastOf(of('brand-ink'), of('brand-wash'))).toBeGreaterThanOrEqual(4.5);
      for (const fill of ['brand-fill', 'brand-fill-strong'])
        expect(contrastOf('#ffffff', of(fill))).toBeGreaterThanOrEqual(4.5);
      for (const stage of ['stage', 'stage-deep']) expect(contrastOf('#b9d3d1', of(stage))).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrastOf(reader(dark)('brand-fill'), '#172226')).toBeGreaterThanOrEqual(3);
  });
});

describe('the console in the provider’s look', () => {
  const page =
    '<head><link rel="icon" type="image/svg+xml" href="/logo.svg" /><meta name="application-name" content="OpenBeian" />' +
    '<title>OpenBeian</title></head><body><img src="/logo.svg" alt="" /><span>OpenBeian</span></body>';

  async function open(settings: object) {
    const look = withLook(settings);
    const read = await readLook(look);
    const { needs } = needsWith({}, { look: read });
    writeFileSync(join(folder, 'index.html'), page);
    const deployment = { ...needs.deployment, look: publicLook(look, read) };
    return createHttpServer({ ...needs, deployment, consoleFolder: folder });
  }
  const asPage = { accept: 'text/html' };

  it('says its name, colour and logo before any script runs, on every page, and as text only', async () => {
    const title = { zh: '星云"备案"', en: 'Xingyun <Filing> $&' };
    const app = await open({ title, primaryColour: '#0052d9', logoFile: fileOf('logo.svg', svg) });
    for (const url of ['/', '/index.html', '/filings/1']) {
      const { statusCode, body, headers } = await app.inject({ url, headers: asPage });
      expect([statusCode, headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(body).toContain('<title>星云&quot;备案&quot;</title>');
      expect(body).toContain('data-en="Xingyun &lt;Filing&gt; $&amp;"');
      expect(body).toContain('--brand-fill:#0052d9');
      expect(body).not.toContain('logo.svg');
    }
    const { look } = (await app.inject({ url: '/api/v1/deployment' })).json();
    expect(look.title).toEqual(title);
    const logo = await app.inject({ url: look.logo });
    expect(logo.body).toBe(svg);
    expect(logo.headers).toMatchObject({
      'content-type': 'image/svg+xml',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    expect((await app.inject({ url: '/look/0123456789abcdef.svg', headers: asPage })).statusCode).toBe(404);
  });

  it('has a logo for the dark theme where the provider has one, before any script runs', async () => {
    const dark = svg.replace('ours', 'ours, for the night');
    const app = await open({ logoFile: fileOf('day.svg', svg), darkLogoFile: fileOf('night.svg', dark) });
    const { body } = await app.inject({ url: '/', headers: asPage });
    const [, path = ''] = /data-dark-logo="([^"]+)"/.exec(body) ?? [];
    expect((await app.inject({ url: path })).body).toBe(dark);
    expect(body).toContain(`:root[data-theme=dark] .boot img{content:url("${path}")}`);
  });

  it('is that of OpenBeian where nothing is set, and names what is', async () => {
    const app = await open({
      footerLinks: [{ zh: '官网', en: 'Site', url: 'https://www.example.cn' }],
      terms: { url: 'https://www.example.cn/terms' },
      privacy: { zh: '第一段\n\n第二段', en: 'One\n\nTwo' },
      support: { zh: '客服', en: 'Support' },
    });
    expect((await app.inject({ url: '/', headers: asPage })).body).toBe(page);
    expect((await app.inject({ url: '/api/v1/deployment' })).json().look).toEqual({
      title: { zh: 'OpenBeian', en: 'OpenBeian' },
      logo: null,
      links: [{ text: { zh: '官网', en: 'Site' }, url: 'https://www.example.cn' }],
      terms: { url: 'https://www.example.cn/terms', text: null },
      privacy: { url: null, text: { zh: '第一段\n\n第二段', en: 'One\n\nTwo' } },
      support: { text: { zh: '客服', en: 'Support' }, url: null },
    });
  });
});
