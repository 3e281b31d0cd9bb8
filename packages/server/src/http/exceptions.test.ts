import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { Fault } from '@openbeian/model/fault';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Flows, PublicRecord } from './flow-table.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

describe('the gate’s snapshot', () => {
  function gateServer() {
    const now = { version: 1 };
    const getGateSnapshot = vi.fn(async () => ({ version: now.version, records: [] }));
    const getGateVersion = vi.fn(async () => now.version);
    const flows: Partial<Flows> = { getGateVersion, getGateSnapshot };
    const app = createHttpServer(needsWith(flows).needs);
    const read = (etag?: string, waitMs = 0) =>
      app.inject({
        url: `/api/v1/gate/snapshot?waitMs=${waitMs}`,
        headers: { authorization: 'Bearer gate-token', ...(etag && { 'if-none-match': etag }) },
      });
    return { app, now, read, getGateSnapshot, getGateVersion };
  }

  it('is for gates only', async () => {
    const { app } = gateServer();
    for (const authorization of [undefined, 'Bearer wrong', 'Basic gate-token', 'Bearer ']) {
      const headers = { cookie: 's=operator', ...(authorization && { authorization }) };
      expect((await app.inject({ url: '/api/v1/gate/snapshot', headers })).statusCode).toBe(401);
    }
  });

  it('is built once for each version, and answers 304 to who has it', async () => {
    const { read, now, getGateSnapshot } = gateServer();
    const first = await read();
    expect(first.json()).toEqual({ version: 1, records: [] });
    const etag = String(first.headers.etag);
    expect((await read(etag)).statusCode).toBe(304);
    expect(getGateSnapshot).toHaveBeenCalledTimes(1);
    now.version = 2;
    const second = await read(etag);
    expect(second.statusCode).toBe(200);
    expect(second.headers.etag).not.toBe(etag);
  });

  it('has another ETag when a restored database counts through the same version with other records', async () => {
    const one = gateServer();
    const other = gateServer();
    other.getGateSnapshot.mockResolvedValue({ version: 1, records: ['restored'] as never });
    expect((await one.read()).headers.etag).not.toBe((await other.read()).headers.etag);
  });

  it('holds a waiting gate until something changes, or its time is over', async () => {
    const { read, now } = gateServer();
    const etag = String((await read()).headers.etag);
    const waiting = read(etag, 5000);
    now.version = 2;
    expect((await waiting).json()).toMatchObject({ version: 2 });
    const begun = performance.now();
    expect((await read(String((await read()).headers.etag), 60)).statusCode).toBe(304);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(50);
  });

  it('lets waiting gates go when the server stops', async () => {
    const { app, read, getGateVersion } = gateServer();
    const etag = String((await read()).headers.etag);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    const waiting = fetch(`http://127.0.0.1:${port}/api/v1/gate/snapshot?waitMs=30000`, {
      headers: { authorization: 'Bearer gate-token', 'if-none-match': etag },
    });
    await vi.waitFor(() => expect(getGateVersion).toHaveBeenCalledTimes(2));
    const begun = performance.now();
    await app.close();
    expect((await waiting).status).toBe(304);
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});

describe('a gate that waits for changes', () => {
  function waitingGate(transactionsEnded: () => number | null) {
    const now = { version: 1 };
    const getGateVersion = vi.fn(async () => now.version);
    const getGateChanges = vi.fn(async () => ({
      snapshot: false,
      mark: 'm',
      at: '2026-11-21T01:30:00.000Z',
      sequence: now.version,
      changes: now.version === 1 ? [] : [{ sequence: 2, name: 'example.cn', exact: false, record: null }],
    }));
    const flows: Partial<Flows> = { getGateVersion, getGateChanges };
    const app = createHttpServer(needsWith(flows, { transactionsEnded }).needs);
    const waiting = app.inject({
      url: '/api/v1/gate/changes?after=1&mark=m&waitMs=20000',
      headers: { authorization: 'Bearer gate-token' },
    });
    return { now, waiting, getGateVersion };
  }

  it('does not have the database asked where no transaction has ended, and is told as soon as one has', async () => {
    let ended = 7;
    const asked = vi.fn(() => ended);
    const { now, waiting, getGateVersion } = waitingGate(asked);
    // The first waiting reads it once, whatever was before.
    await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(4), { timeout: 15_000 });
    expect(getGateVersion).toHaveBeenCalledTimes(2);
    now.version = 2;
    ended += 1;
    expect((await waiting).json()).toMatchObject({ changes: [{ name: 'example.cn' }] });
  });

  it('has it asked again and again where other processes write, too', async () => {
    const { now, waiting, getGateVersion } = waitingGate(() => null);
    await vi.waitFor(() => expect(getGateVersion.mock.calls.length).toBeGreaterThan(4), { timeout: 15_000 });
    now.version = 2;
    expect((await waiting).statusCode).toBe(200);
  });
});

describe('the public query', () => {
  const record: PublicRecord = {
    id: 'srv_1',
    number: '粤ICP备2026000123号-1',
    serviceKind: 'website',
    serviceName: '示例站',
    domainName: 'example.cn',
    state: 'filed',
    recordedAt: '2026-11-20T17:00:00.000Z',
    subject: { id: 'sub_1', number: '粤ICP备2026000123号', subjectKind: 'enterprise', unitName: '星河科技有限公司' },
  };
  function queryServer(rows: readonly PublicRecord[], total = rows.length) {
    const searchRecords = vi.fn(async () => ({ total, rows }));
    return { searchRecords, app: createHttpServer(needsWith({ searchRecords }).needs) };
  }

  it('answers with the field names that existing clients read', async () => {
    const { app, searchRecords } = queryServer([record]);
    const answer = (await app.inject({ url: '/query/web?search=example.cn' })).json();
    expect(searchRecords).toHaveBeenCalledWith(expect.anything(), {
      search: 'example.cn',
      serviceKind: 'website',
      pageNum: 1,
      pageSize: 10,
    });
    expect(Object.keys(answer).sort()).toEqual(['code', 'msg', 'params', 'success']);
    expect(answer).toMatchObject({ code: 200, success: true });
    const pageFields =
      'endRow firstPage hasNextPage hasPreviousPage isFirstPage isLastPage lastPage list navigatePages navigatepageNums nextPage orderBy pageNum pageSize pages prePage size startRow total';
    expect(Object.keys(answer.params).sort()).toEqual(pageFields.split(' '));
    const [row] = answer.params.list;
    const rowFields =
      'contentTypeName domain domainId homeUrl leaderName limitAccess mainId mainLicence natureName serviceId serviceLicence serviceName unitName updateRecordTime';
    expect(Object.keys(row).sort()).toEqual(rowFields.split(' '));
    expect(row).toMatchObject({
      domain: 'example.cn',
      mainLicence: '粤ICP备2026000123号',
      serviceLicence: '粤ICP备2026000123号-1',
      natureName: '企业',
      unitName: '星河科技有限公司',
      limitAccess: '否',
      leaderName: '',
      updateRecordTime: '2026-11-21 01:00:00',
    });
    for (const id of ['mainId', 'serviceId', 'domainId']) expect(Number.isSafeInteger(row[id]), id).toBe(true);
  });

  it('names no individual, whatever the flow hands over', async () => {
    const subject = { ...record.subject, subjectKind: 'individual' as const, unitName: '张三', sealedName: '张三' };
    const { app } = queryServer([{ ...record, subject }]);
    expect((await app.inject({ url: '/query/web?search=example.cn' })).body).not.toContain('张三');
  });

  it('lists APPs and mini-programs with their own fields', async () => {
    const { app, searchRecords } = queryServer([{ ...record, serviceKind: 'mini_program' }]);
    const [row] = (await app.inject({ url: '/query/mapp?search=x' })).json().params.list;
    expect(searchRecords.mock.calls[0]).toMatchObject([{}, { serviceKind: 'mini_program' }]);
    const rowFields =
      'cityId contentTypeName countyId dataId leaderName mainId mainLicence mainUnitAddress mainUnitCertNo mainUnitCertType natureId natureName provinceId serviceId serviceLicence serviceName serviceType unitName updateRecordTime version';
    expect(Object.keys(row).sort()).toEqual(rowFields.split(' '));
    expect(row).toMatchObject({ serviceType: 7, mainUnitCertNo: '', mainUnitAddress: '' });
  });

  it('takes the question from a form or from JSON as well', async () => {
    const { app, searchRecords } = queryServer([record]);
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = 'search=%E6%98%9F%E6%B2%B3&pageNum=2&pageSize=5';
    await app.inject({ method: 'POST', url: '/query/app', headers: form, payload });
    await app.inject({ method: 'POST', url: '/query/app', payload: { search: '星河', pageNum: 2, pageSize: 5 } });
    const wanted = { search: '星河', serviceKind: 'app', pageNum: 2, pageSize: 5 };
    expect(searchRecords.mock.calls).toMatchObject([
      [{}, wanted],
      [{}, wanted],
    ]);
  });

  it('counts its pages', async () => {
    const { app } = queryServer([record, record, record], 23);
    const page = async (pageNum: number) =>
      (await app.inject({ url: `/query/web?search=x&pageNum=${pageNum}&pageSize=3` })).json().params;
    const first = { startRow: 1, endRow: 3, pages: 8, prePage: 0, nextPage: 2, isFirstPage: true, hasNextPage: true };
    expect(await page(1)).toMatchObject(first);
    expect(await page(8)).toMatchObject({
      startRow: 22,
      endRow: 24,
      nextPage: 0,
      isLastPage: true,
      hasNextPage: false,
    });
    const { app: empty } = queryServer([]);
    const none = (await empty.inject({ url: '/query/web?search=x' })).json().params;
    expect(none).toMatchObject({ list: [], total: 0, startRow: 0, endRow: 0, pages: 0, size: 0, isLastPage: true });
  });

  it('says so in Chinese, and in English to whoever asks for it', async () => {
    const { app } = queryServer([]);
    const inEnglish = { 'accept-language': 'en' };
    for (const url of ['/query/web', '/query/none?search=x', '/query/web?search=x&pageNum=0', '/query/web?search=x']) {
      const chinese: string = (await app.inject({ url })).json().msg;
      const english: string = (await app.inject({ url, headers: inEnglish })).json().msg;
      expect([url, /\p{Script=Han}/u.test(chinese), /\p{Script=Han}/u.test(english), english === '']).toEqual([
        url,
        true,
        false,
        false,
      ]);
    }
  });

  it('says what is missing or wrong in its own codes', async () => {
    const { app } = queryServer([]);
    const code = async (url: string) => (await app.inject({ url })).json();
    expect(await code('/query/web')).toMatchObject({ code: 101, success: false });
    expect(await code('/query/web?search=%20')).toMatchObject({ code: 101 });
    expect(await code('/query/toString?search=x')).toMatchObject({ code: 102 });
    expect(await code('/query/web?search=x&pageNum=zero')).toMatchObject({ code: 103 });
    expect(await code('/query/kapp?search=x')).toMatchObject({ code: 200, params: { total: 0 } });
  });

  it('says why a text can be no search, in the language asked for', async () => {
    const places = [{ path: 'search', expected: 'a number of 10 digits', expectedZh: '应为 10 位数字' }];
    const searchRecords = vi.fn(() => Promise.reject(new Fault('input.invalid', { places })));
    const app = createHttpServer(needsWith({ searchRecords }).needs);
    const asked = async (language: string) =>
      (await app.inject({ url: '/query/web?search=x', headers: { 'accept-language': language } })).json();
    expect(await asked('zh')).toEqual({ code: 103, msg: '应为 10 位数字', success: false });
    expect(await asked('en')).toEqual({ code: 103, msg: 'a number of 10 digits', success: false });
  });

  it('tells of blacklisted names', async () => {
    const { app } = queryServer([{ ...record, state: 'blacklisted' }]);
    const { app: clean } = queryServer([]);
    const rows = async (of: typeof app, url: string) => (await of.inject({ url })).json().params.list;
    expect(await rows(app, '/query/bweb?search=bad.cn')).toEqual([{ blackListLevel: 1, domain: 'bad.cn' }]);
    expect(await rows(clean, '/query/bweb?search=good.cn')).toEqual([{ blackListLevel: 2, domain: 'good.cn' }]);
    expect(await rows(clean, '/query/bapp?search=name')).toEqual([{ blackListLevel: 2, serviceName: 'name' }]);
  });
});

describe('the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-console-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>OpenBeian</title>');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-abc.js.br'), brotliCompressSync('export {};'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const app = createHttpServer(needsWith({}, { consoleFolder: folder }).needs);
  const page = { accept: 'text/html,application/xhtml+xml' };

  it('is one page for every screen’s address', async () => {
    for (const url of ['/', '/filings/fil_1?tab=form', '/api-docs']) {
      const response = await app.inject({ url, headers: page });
      expect([response.statusCode, response.headers['content-type']], url).toEqual([200, 'text/html; charset=utf-8']);
      expect(response.body).toContain('OpenBeian');
      expect(response.headers['cache-control']).toBe('no-cache');
      expect(response.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
  });

  it.each([
    { range: 'bytes=99999999-' },
    { range: 'bytes=zz' },
    { 'if-match': '"x"' },
    { 'if-unmodified-since': 'Mon, 01 Jan 1990 00:00:00 GMT' },
  ])('is sent whole to whoever asks with %o', async (headers) => {
    for (const url of ['/', '/assets/index-abc.js']) {
      const response = await app.inject({ url, headers: { ...headers, ...page } });
      expect(response.statusCode, url).toBe(200);
      expect(response.body.length).toBeGreaterThan(9);
    }
  });

  it('keeps hashed files for ever and answers a missing one with a problem', async () => {
    const file = await app.inject({ url: '/assets/index-abc.js' });
    expect(file.headers['cache-control']).toContain('immutable');
    expect(file.headers['content-type']).toContain('javascript');
    const small = await app.inject({ url: '/assets/index-abc.js', headers: { 'accept-encoding': 'gzip, br' } });
    expect(small.headers).toMatchObject({ 'content-encoding': 'br', vary: 'accept-encoding' });
    expect(small.headers['cache-control']).toContain('immutable');
    expect(small.headers['content-type']).toContain('javascript');
    for (const url of ['/assets/old.js', '/api/v1/nothing', '/../package.json', '/%2e%2e/package.json']) {
      const missing = await app.inject({ url, headers: { accept: '*/*' } });
      expect(missing.statusCode, url).toBe(404);
      expect(missing.headers['content-type'], url).toContain('problem+json');
    }
    expect((await app.inject({ url: '/api/v1/nothing', headers: page })).statusCode).toBe(404);
  });
});
