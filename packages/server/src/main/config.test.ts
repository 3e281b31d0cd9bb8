import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFault } from '@openbeian/model/fault';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, parseConfig } from './config.ts';
import { environmentNameOf, settingsOf } from './config-schema.ts';
import { configurationPage } from './configuration-page.ts';

const smallest = {
  provider: 'xingyun',
  name: { zh: '星云', en: 'Xingyun' },
  authority: {
    unit: 9001,
    userName: 'xingyun',
    password: 'openbeian-simulator',
    provinces: { 440000: 'http://127.0.0.1:9/v3/440000' },
  },
};
const plain = { adapter: 'plain', url: 'http://127.0.0.1:9/', secret: 's3cret' };
const folder = mkdtempSync(join(tmpdir(), 'openbeian-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const placesOf = (run: () => unknown): string[] => saidOf(run).map(([path]) => path);

/** Each place with what is expected there. */
function saidOf(run: () => unknown): [path: string, expected: string][] {
  try {
    run();
  } catch (error) {
    if (isFault(error, 'config.invalid')) {
      return (error.extras.places ?? []).map(({ path, expected }) => [path, expected]);
    }
    throw error;
  }
  return [];
}

describe('the configuration', () => {
  it('needs three things only, and fills in the rest', () => {
    const config = parseConfig(smallest);
    expect(config.http).toMatchObject({ host: '127.0.0.1', port: 8600, publicUrl: null, trustProxy: false });
    expect(config.database).toMatchObject({ url: null, directory: '.openbeian' });
    expect(config.gate.tokens).toEqual([]);
  });

  it('speaks interface V3.0 unless told otherwise', () => {
    expect(parseConfig(smallest).authority.adapter).toBe('v3');
  });

  it('says once what is missing where nothing of the authority is set, and offers to work without an interface', () => {
    const { authority: _, ...without } = smallest;
    for (const authority of [undefined, {}, { adapter: 'v3' }, { timeoutMs: 5000 }]) {
      const config = { ...without, ...(authority && { authority }) };
      expect(saidOf(() => parseConfig(config))).toEqual([
        ['config: authority', expect.stringMatching(/unit, userName, password and provinces.*adapter: manual/)],
      ]);
    }
    expect(placesOf(() => parseConfig({ ...without, authority: { adapter: 'manual' } }))).toEqual([]);
    expect(placesOf(() => parseConfig({ ...without, authority: { unit: 1 } }))).toEqual([
      'config: authority.userName',
      'config: authority.password',
      'config: authority.provinces',
    ]);
  });

  it('asks for adapter plain where only its settings are there, as before it had to be chosen', () => {
    const { adapter: _, ...unsaid } = plain;
    for (const authority of [unsaid, { url: unsaid.url }, { secret: unsaid.secret }]) {
      expect(saidOf(() => parseConfig({ ...smallest, authority }))).toEqual([
        ['config: authority.adapter', expect.stringMatching(/^plain, .*docs\/upgrading\.md/)],
      ]);
    }
    expect(parseConfig({ ...smallest, authority: plain }).authority).toMatchObject(plain);
  });

  it('names every wrong or unknown place, and repeats no value', () => {
    const wrong = { ...smallest, colour: 'red', http: { port: '8600', hosts: 'x' }, gate: { tokens: ['hunter2'] } };
    expect(placesOf(() => parseConfig(wrong)).sort()).toEqual([
      'config: colour',
      'config: gate.tokens[0]',
      'config: http.hosts',
      'config: http.port',
    ]);
    expect(() => parseConfig(wrong)).toThrow(expect.not.stringContaining('hunter2'));
  });

  it('takes links of remedies by provider, and refuses one that leads elsewhere', () => {
    const links = (renew: string) => ({ ...smallest, links: { remedies: { xingyun: { renew } } } });
    const url = 'https://console.example.cn/renew?id={resourceId}';
    expect(parseConfig(links(url)).links.remedies).toEqual({ xingyun: { renew: url } });
    expect(placesOf(() => parseConfig(links('http://{resourceId}.example.cn/')))).toEqual([
      'config: links.remedies.xingyun.renew',
    ]);
    const unknown = { ...smallest, links: { remedies: { xingyun: { wait: url } } } };
    expect(placesOf(() => parseConfig(unknown))).toEqual(['config: links.remedies.xingyun.wait']);
  });

  it('names a place of the public-security filing, takes another or none, and only one that is encrypted', () => {
    const links = (policeFiling: object | null) => ({ ...smallest, links: { policeFiling } });
    expect(parseConfig(smallest).links.policeFiling).toMatchObject({ url: 'https://beian.mps.gov.cn/' });
    expect(parseConfig(links(null)).links.policeFiling).toBeNull();
    const own = { url: 'https://police.example.cn/', zh: '公安联网备案', en: 'Police filing' };
    expect(parseConfig(links(own)).links.policeFiling).toEqual(own);
    for (const url of ['http://police.example.cn/', 'javascript:alert(1)', 'police.example.cn'])
      expect(placesOf(() => parseConfig(links({ ...own, url })))).toEqual(['config: links.policeFiling.url']);
  });

  it('takes the environment over the file, and names the variable that is wrong', () => {
    const environment = {
      OPENBEIAN_HTTP_PORT: '9000',
      OPENBEIAN_HTTP_PUBLIC_URL: 'https://beian.example',
      OPENBEIAN_HTTP_TRUST_PROXY: 'true',
      OPENBEIAN_HTTP_METRICS_PORT: '9464',
      OPENBEIAN_GATE_TOKENS: '[token-of-the-first-gate, token-of-the-second-gate]',
      OPENBEIAN_AUTHORITY_PASSWORD: '123456',
      OPENBEIAN_NO_APT: '1',
      OPENBEIAN_LOGIN: 'boss',
      OPENBEIAN_PASSWORD: 'of another command in this shell',
    };
    const config = parseConfig({ ...smallest, http: { port: 1, host: '127.0.0.2' } }, environment);
    expect(config.http).toMatchObject({ port: 9000, host: '127.0.0.2', trustProxy: true });
    expect(config.http.publicUrl).toBe('https://beian.example');
    const proxies = {
      OPENBEIAN_HTTP_TRUST_PROXY: '[10.0.0.0/8, 192.0.2.7]',
      OPENBEIAN_HTTP_METRICS_PORT: '9464',
      OPENBEIAN_HTTP_PUBLIC_URL: 'https://beian.example',
    };
    expect(parseConfig(smallest, proxies).http.trustProxy).toEqual(['10.0.0.0/8', '192.0.2.7']);
    const anybody = { OPENBEIAN_HTTP_TRUST_PROXY: '[proxy.example]' };
    expect(placesOf(() => parseConfig(smallest, anybody))).toEqual(['OPENBEIAN_HTTP_TRUST_PROXY']);
    expect(config.gate.tokens).toEqual(['token-of-the-first-gate', 'token-of-the-second-gate']);
    expect(config.authority.password).toBe('123456');
    const bad = { OPENBEIAN_HTTP_PORT: 'many', OPENBEIAN_HTTP_PROT: '1' };
    expect(placesOf(() => parseConfig(smallest, bad)).sort()).toEqual(['OPENBEIAN_HTTP_PORT', 'OPENBEIAN_HTTP_PROT']);
  });

  it('can come from the environment alone', () => {
    const environment = {
      OPENBEIAN_PROVIDER: 'xingyun',
      OPENBEIAN_NAME: '{"zh": "星云", "en": "Xingyun"}',
      OPENBEIAN_AUTHORITY_ADAPTER: 'plain',
      OPENBEIAN_AUTHORITY_URL: 'http://127.0.0.1:9/',
      OPENBEIAN_AUTHORITY_SECRET: 's3cret',
    };
    expect(loadConfig(null, environment).name.zh).toBe('星云');
    expect(placesOf(() => loadConfig(null, {}))).toContain('(environment): provider');
  });

  it('wants a key ring as soon as there is a PostgreSQL, by file or by DATABASE_URL', () => {
    const environment = { DATABASE_URL: 'postgres://u:p@127.0.0.1/openbeian' };
    expect(placesOf(() => parseConfig(smallest, environment))).toEqual(['config: keyRingFile']);
    const config = parseConfig({ ...smallest, keyRingFile: 'keys.json' }, environment);
    expect(config.database.url).toBe('postgres://u:p@127.0.0.1/openbeian');
  });

  it('keeps a sample deployment, whose passwords are public, on this machine unless told otherwise', () => {
    const open = (host: string, onNetwork = false) =>
      placesOf(() => parseConfig({ ...smallest, http: { host }, sample: { enabled: true, onNetwork } }));
    for (const host of ['0.0.0.0', '::', '192.0.2.1', '127.example.cn']) {
      expect(open(host), host).toEqual(['config: http.host']);
    }
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost']) expect(open(host), host).toEqual([]);
    expect(open('0.0.0.0', true)).toEqual([]);
  });

  describe('outside this machine', () => {
    const away = { adapter: 'plain', url: 'https://authority.example/', secret: 'sixteen bytes ok' };
    const v3 = {
      adapter: 'v3',
      unit: 9001,
      userName: 'xingyun',
      password: 'eight by',
      aesKey: '0123456789abcdef',
      aesIv: '0102030405060708',
      provinces: { 440000: 'https://gd.example/' },
    };
    const open = { host: '0.0.0.0', publicUrl: 'https://beian.example', metricsPort: 9464 };
    const from = 'beian@example.cn';
    const databaseAt = (url: string, more = {}) => ({ database: { url, ...more }, keyRingFile: 'keys.json' });
    const replicaAt = (replicaUrl: string) => databaseAt('postgres://app@localhost/openbeian', { replicaUrl });

    it.each<[string, object, string[]]>([
      ['plain http to the authority', { authority: { ...away, url: 'http://authority.example/' } }, ['authority.url']],
      ['a short secret of the authority', { authority: { ...away, secret: 'fifteen bytes !' } }, ['authority.secret']],
      [
        'plain http to a province',
        { authority: { ...v3, provinces: { 440000: 'http://gd.example/' } } },
        ['authority.provinces.440000'],
      ],
      ['a short password of the interface', { authority: { ...v3, password: '1234567' } }, ['authority.password']],
      ['a key of packages without its vector', { authority: { ...v3, aesIv: null } }, ['authority.aesIv']],
      ['a line without provinces', { authority: { ...v3, provinces: {} } }, ['authority.provinces']],
      [
        'a province without address',
        { authority: { ...v3, provinces: { 440000: null } } },
        ['authority.provinces.440000'],
      ],
      ['what the plain interface alone has', { authority: { ...away, ...v3 } }, ['authority.url', 'authority.secret']],
      [
        'files without directory',
        { authority: { adapter: 'file', unit: 1, provinces: { 440000: null } } },
        ['authority.directory'],
      ],
      [
        'a short secret of the registrar’s service',
        { nameProof: { registrarUrl: 'https://registrar.example/', registrarSecret: 'fifteen bytes !' } },
        ['nameProof.registrarSecret'],
      ],
      ['plain mail', { mail: { host: 'mail.example', security: 'none', from } }, ['mail.security']],
      ...[
        'postgres://app:p%40ss@db.example/openbeian',
        'postgres://db.example:5432/openbeian?sslmode=disable',
        'postgres://db.example/openbeian?sslmode=prefer',
        'postgres://db.example/openbeian?sslmode=no-verify',
        'postgres://db.example/openbeian?sslmode=verify-full&sslmode=disable',
        'postgres://db.example/openbeian?uselibpqcompat=true&sslmode=require',
        'postgres://app@localhost/openbeian?host=db.example',
        'postgres://[2001:db8::7]/openbeian',
      ].map((url): [string, object, string[]] => [`a database at ${url}`, databaseAt(url), ['database.url']]),
      ['a standby without TLS', replicaAt('postgres://app@db.example/openbeian'), ['database.replicaUrl']],
      ['a standby of the embedded database', { database: { replicaUrl: 'postgres:///x' } }, ['database.replicaUrl']],
      ['a short token of a gate', { http: open, gate: { tokens: ['12345678'] } }, ['gate.tokens[0]']],
      ['no public address', { http: { host: '0.0.0.0', metricsPort: 9464 } }, ['http.publicUrl']],
      [
        'no public address behind a proxy',
        { http: { ...open, publicUrl: null, trustProxy: ['10.0.0.1'] } },
        ['http.publicUrl'],
      ],
      ['metrics for everybody', { http: { ...open, metricsPort: null } }, ['http.metricsToken']],
      ['a public address without TLS', { http: { ...open, publicUrl: 'http://beian.example' } }, ['http.publicUrl']],
    ])('%s is refused', (_, more, places) => {
      expect(placesOf(() => parseConfig({ ...smallest, ...more }))).toEqual(places.map((place) => `config: ${place}`));
    });

    it.each<[string, object]>([
      ['https to the authority', { authority: away }],
      ['https to a province', { authority: v3 }],
      ['packages as files', { authority: { adapter: 'file', unit: 1, directory: '/x', provinces: { 440000: null } } }],
      ['plain mail to a relay on this machine', { mail: { host: '127.0.0.1', security: 'none', from } }],
      ...[
        'postgres://app@db.example/openbeian?sslmode=verify-full',
        'postgres://app@db.example/openbeian?application_name=a&sslmode=require',
        'postgres://app@db.example/openbeian?uselibpqcompat=true&sslmode=verify-full',
        'postgres://app:p%40ss@127.0.0.1:5432/openbeian',
        'postgres://app@[::1]/openbeian',
        'postgres:///openbeian?host=/run/postgresql',
        'postgres://app@%2Frun%2Fpostgresql/openbeian',
      ].map((url): [string, object] => [`a database at ${url}`, databaseAt(url)]),
      ['a standby with TLS', replicaAt('postgres://app@db.example/openbeian?sslmode=verify-full')],
      ['TLS in front of the server', { http: open, gate: { tokens: ['sixteen-bytes-ok'] } }],
      ['metrics with a token', { http: { ...open, metricsPort: null, metricsToken: 'sixteen-bytes-ok' } }],
      [
        'an isolated network, if that is said',
        {
          ...databaseAt('postgres://app@db.example/openbeian'),
          insecureTransport: ['authority', 'database', 'mail', 'http'],
          mail: { host: 'mail.example', security: 'none', from },
          authority: { ...away, url: 'http://authority.example/' },
          http: { ...open, publicUrl: 'http://a.example' },
        },
      ],
    ])('%s is taken', (_, more) => {
      expect(placesOf(() => parseConfig({ ...smallest, ...more }))).toEqual([]);
    });
  });

  it('names a file that cannot be read, and repeats none of its lines', () => {
    const file = join(folder, 'bad.yaml');
    writeFileSync(file, 'authority: { secret: "hunter2\n');
    expect(placesOf(() => loadConfig(file, {}))).toEqual([file]);
    expect(() => loadConfig(file, {})).toThrow(expect.not.stringContaining('hunter2'));
    expect(placesOf(() => loadConfig(join(folder, 'none.yaml'), {}))).toEqual([join(folder, 'none.yaml')]);
    writeFileSync(file, JSON.stringify(smallest));
    expect(loadConfig(null, { OPENBEIAN_CONFIG: file }).provider).toBe('xingyun');
    for (const text of ['', '- a list', 'text']) {
      writeFileSync(file, text);
      expect(placesOf(() => loadConfig(file, {})).length, text).toBeGreaterThan(0);
    }
  });
});

describe('the reference page', () => {
  it('is what the schema says: run `npm run docs` after a change', () => {
    const page = fileURLToPath(new URL('../../../../docs/configuration.md', import.meta.url));
    expect(readFileSync(page, 'utf8')).toBe(configurationPage());
  });

  it('describes every setting in both languages, each with a variable of its own', () => {
    const names = settingsOf().map((setting) => environmentNameOf(setting.path));
    expect(new Set(names).size).toBe(names.length);
    expect(configurationPage()).not.toContain('undefined');
  });
});

it('the example for production asks for the authority’s password; with it, it speaks V3.0, asks staff for a second factor and names the proxy', () => {
  const example = join(import.meta.dirname, '../../../../examples/production.yaml');
  expect(() => loadConfig(example, {})).toThrow(expect.objectContaining({ code: 'config.invalid' }));
  const { authority, signIn, http } = loadConfig(example, { OPENBEIAN_AUTHORITY_PASSWORD: 'issued-by-the-authority' });
  expect(authority.adapter).toBe('v3');
  expect(signIn.staff).toEqual({ idleMinutes: 30, absoluteHours: 12, secondFactor: 'required' });
  expect(http.trustProxy).not.toBe(false);
});
