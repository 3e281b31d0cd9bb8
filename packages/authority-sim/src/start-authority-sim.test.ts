import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { servicePaths } from '@openbeian/authority-wire/v3';
import { afterEach, describe, expect, test } from 'vitest';
import { journalFileName } from './core/journal.ts';
import {
  type AuthoritySim,
  type AuthoritySimOptions,
  createSimControls,
  manualClock,
  startAuthoritySim,
} from './index.ts';
import { samplePerson, sampleSubmission } from './testing/sample-submission.ts';

const startAt = '2026-11-21T01:30:00.000Z';
const running: AuthoritySim[] = [];
const directories: string[] = [];
const lines: string[] = [];
afterEach(async () => {
  for (const sim of running.splice(0)) await sim.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
  lines.length = 0;
});

async function start(options: AuthoritySimOptions = {}) {
  const log = (line: string) => void lines.push(line);
  const sim = await startAuthoritySim({ calm: true, secret: 's', clock: manualClock(startAt), log, ...options });
  running.push(sim);
  return sim;
}

function newDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'authority-sim-'));
  directories.push(directory);
  return directory;
}

const post = (url: string, body: unknown, type = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, authorization: 'Bearer s' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const submit = (sim: AuthoritySim, submission: unknown) => post(`${sim.url}/plain/v1/submissions`, submission);
const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const page = async (sim: AuthoritySim, path: string) => (await fetch(`${sim.url}${path}`)).text();

const elsewhere = {
  subjects: [
    {
      number: '京ICP备2021000001号',
      kind: 'enterprise',
      name: '示例远山科技有限公司',
      certificateType: 'business_licence',
      certificateNumber: sampleSubmission(50).subject.certificateNumber,
      services: [{ number: '京ICP备2021000001号-1', name: '远山门户', domainName: '远山.cn', accesses: ['alibaba'] }],
    },
  ],
} satisfies NonNullable<AuthoritySimOptions['seedRecords']>;

describe('the plain wire', () => {
  test('lets nobody in without the secret, and says nothing about what it holds', async () => {
    const sim = await start();
    for (const authorization of ['', 'Bearer', 'Bearer S', 'Basic s', 'Bearer s ']) {
      const response = await fetch(`${sim.url}/plain/v1/messages`, { headers: { authorization } });
      // A header's trailing space is not part of its value.
      expect([authorization, response.status]).toEqual([authorization, authorization === 'Bearer s ' ? 200 : 401]);
    }
    expect((await fetch(`${sim.url}/plain/v1/submissions`, { method: 'POST' })).status).toBe(401);
  });

  test('answers what it cannot read with a problem document that names the places, never the content', async () => {
    const sim = await start();
    const secretive = {
      ...sampleSubmission(1),
      provinceCode: 7,
      subject: { ...sampleSubmission(1).subject, kind: '13800138000' },
    };
    const response = await submit(sim, secretive);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status: 400, code: 'malformed' });
    expect(JSON.parse(text).places.map((place: { path: string }) => place.path)).toEqual([
      'provinceCode',
      'subject.kind',
    ]);
    expect(text).not.toContain('13800138000');

    const hostile = await submit(sim, { ...sampleSubmission(1), id: { length: { toString: 1 } } });
    expect([hostile.status, ((await hostile.json()) as { code: string }).code]).toEqual([400, 'malformed']);

    const broken = await submit(sim, '{"id": 13800138000,');
    expect(broken.status).toBe(400);
    expect(await broken.text()).not.toContain('13800138000');
    for (const limit of ['0', '1001', 'x', '-1', '1.5']) {
      const answer = await fetch(`${sim.url}/plain/v1/messages?limit=${limit}`, {
        headers: { authorization: 'Bearer s' },
      });
      expect((await answer.json()).places).toMatchObject([{ path: 'limit' }]);
    }
    expect(lines).toEqual([]);
  });
});

describe('the data directory', () => {
  test('is held by one simulator at a time, and free again after it', async () => {
    const dataDir = newDirectory();
    const first = await start({ dataDir });
    const before = readFileSync(join(dataDir, journalFileName));
    await expect(start({ dataDir: `${dataDir}/` })).rejects.toThrow(/in use by another process/);
    expect(readFileSync(join(dataDir, journalFileName))).toEqual(before);
    await first.close();
    running.length = 0;
    await start({ dataDir });
  });

  test('keeps records from elsewhere once, however often they are given', async () => {
    const dataDir = newDirectory();
    for (let i = 0; i < 2; i += 1) {
      const sim = await start({ dataDir, seedRecords: elsewhere });
      const { services } = await createSimControls(sim.url).getState();
      expect(services).toMatchObject([{ number: '京ICP备2021000001号-1', accesses: ['alibaba'] }]);
      await running.pop()?.close();
    }
  });

  test('sets a manual clock back to the time it showed', async () => {
    const dataDir = newDirectory();
    const sim = await start({ dataDir });
    await createSimControls(sim.url).advanceClock('P3D');
    await running.pop()?.close();
    const again = await start({ dataDir });
    expect((await createSimControls(again.url).getState()).now).toBe('2026-11-24T01:30:00.000Z');
  });
});

describe('records from elsewhere', () => {
  const subject = elsewhere.subjects[0];
  const service = subject?.services[0];
  test.each([
    ['subjects[0].number', { ...subject, number: '川ICP备2021000001号', services: [] }],
    ['subjects[0].services[0].number', { ...subject, services: [{ ...service, number: '京ICP备2021000002号-1' }] }],
    ['subjects[0].services[0].number', { ...subject, services: [{ ...service, kind: 'app' }] }],
    ['subjects[0].services[0].domainName', { ...subject, services: [{ ...service, domainName: 'www.example.cn' }] }],
    ['subjects[0].services[1].number', { ...subject, services: [service, service] }],
    ['subjects[0].colour', { ...subject, services: [], colour: 'red' }],
  ])('that are wrong at %s are refused with that place, and nothing is entered', async (path, wrong) => {
    const sim = await start();
    const response = await post(`${sim.url}/control/records`, { subjects: [wrong], takenSiteNames: ['长风商城'] });
    expect(response.status).toBe(400);
    expect((await response.json()).places.map((place: { path: string }) => place.path)).toContain(path);
    expect((await createSimControls(sim.url).getState()).subjects).toEqual([]);
    await expect(startAuthoritySim({ seedRecords: { subjects: [wrong] } as never })).rejects.toThrow(
      /malformed|do not fit/,
    );
  });

  test('must not repeat what is in the register', async () => {
    const sim = await start({ seedRecords: elsewhere });
    const response = await post(`${sim.url}/control/records`, { ...elsewhere, takenSiteNames: ['另一套'] });
    const { places } = await response.json();
    expect(places.map((place: { path: string }) => place.path)).toEqual([
      'subjects[0].number',
      'subjects[0].certificateNumber',
    ]);
  });
});

describe('the controls', () => {
  test('move a manual clock forward only, and the real clock not at all', async () => {
    const sim = await start();
    expect((await post(`${sim.url}/control/clock`, { now: '2026-11-21T01:29:59Z' })).status).toBe(400);
    expect((await post(`${sim.url}/control/clock`, { advance: '1 day' })).status).toBe(400);
    expect(await (await post(`${sim.url}/control/clock`, { advance: 'P1D' })).json()).toEqual({
      now: '2026-11-22T01:30:00.000Z',
      manual: true,
    });
    const real = await startAuthoritySim({ calm: true });
    running.push(real);
    expect((await post(`${real.url}/control/clock`, { advance: 'P1D' })).status).toBe(409);
  });

  test('confirm a submission’s SMS as its principals would, and refuse where none waits', async () => {
    const sim = await start();
    const controls = createSimControls(sim.url);
    await submit(sim, sampleSubmission(1));
    await controls.confirmAllSms('sub-1');
    expect((await controls.getState()).submissions).toMatchObject([{ id: 'sub-1', status: 'deciding' }]);
    await expect(controls.confirmAllSms('sub-1')).rejects.toThrow(/409/);
    await expect(controls.confirmAllSms('sub-2')).rejects.toThrow(/404/);
  });

  test('show no principal’s data in the overview', async () => {
    const sim = await start();
    await submit(sim, sampleSubmission(1));
    const text = (await (await fetch(`${sim.url}/control/state`)).text()) + (await page(sim, '/'));
    const { mobile, certificateNumber, email, name } = samplePerson(1);
    for (const personal of [mobile, certificateNumber, email, name]) expect(text).not.toContain(personal);
  });
});

describe('the pages', () => {
  test('lead from the phone to the confirmed SMS, with a wrong try on the way', async () => {
    const sim = await start();
    const submission = sampleSubmission(1);
    await submit(sim, submission);
    const [newest, oldest] = await createSimControls(sim.url).listPhone();
    const phone = await page(sim, '/phone');
    for (const text of [newest, oldest]) expect(phone).toContain(text?.code);
    const { mobile, certificateNumber } = submission.service.principal;
    const code = [newest, oldest].find((text) => text?.mobile === mobile)?.code ?? '';
    const enter = async (fields: Record<string, string>) =>
      (await post(`${sim.url}/sms`, form(fields), 'application/x-www-form-urlencoded')).text();
    const wrong = await enter({ mobile, code, lastSix: '000000' });
    expect(wrong).toContain('还可尝试 4 次');
    expect(wrong).toContain(`value="${mobile}"`);
    const right = await enter({ mobile, code: ` ${code} `, lastSix: certificateNumber.slice(-6).toLowerCase() });
    expect(right).toContain('还有 1 位负责人待核验');
    expect(await enter({ mobile, code, lastSix: '000000' })).toContain('没有待核验的短信');
    const other = submission.subject.principal;
    const otherCode = [newest, oldest].find((text) => text?.mobile === other.mobile)?.code ?? '';
    const done = await enter({ mobile: other.mobile, code: otherCode, lastSix: other.certificateNumber.slice(-6) });
    expect(done).toContain('已进入管局审核');
    expect(await page(sim, '/phone')).not.toContain('href="/sms">去核验');
  });

  test('find what is filed by name, IDN, host below it, number and organiser; and say so when there is nothing', async () => {
    const sim = await start({ seedRecords: elsewhere });
    for (const search of [
      '远山.cn',
      'xn--rht990j.cn',
      'WWW.远山.CN',
      '京ICP备2021000001号',
      '京ICP备2021000001号-1',
      '示例远山科技有限公司',
      '远山门户',
    ]) {
      const found = await page(sim, `/query?search=${encodeURIComponent(search)}`);
      expect([search, found.includes('<span class="mono">京ICP备2021000001号-1</span>')]).toEqual([search, true]);
    }
    expect(await page(sim, '/query?search=example.cn')).toContain('没有查到');
    expect(await page(sim, '/query')).not.toContain('没有查到');
  });

  test('are marked as a simulator’s in both languages and carry nobody’s script', async () => {
    const sim = await start();
    const nasty = '<img src=x onerror=alert(1)>"\'&';
    const submission = sampleSubmission(1);
    await submit(sim, { ...submission, service: { ...submission.service, name: nasty } });
    for (const path of ['/', '/sms', '/phone', `/query?search=${encodeURIComponent(nasty)}`]) {
      const response = await fetch(`${sim.url}${path}`);
      const text = await response.text();
      expect(text).toContain('不是任何真实的管理部门');
      expect(text).toContain('not a real authority');
      expect(text).not.toContain('<img');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    expect(await page(sim, '/')).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  });
});

test('a page of somebody else changes nothing, whatever name it has itself be called here', async () => {
  const { url } = await start();
  const { port, host: own } = new URL(url);
  const statusOf = (method: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const asked = request(`${url}/sms`, { method, headers: { host: own, ...headers } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      asked.on('error', reject).end();
    });
  expect(await statusOf('GET', {})).toBe(200);
  expect(await statusOf('GET', { host: `localhost:${port}` })).toBe(200);
  for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, 'localhost.evil.example']) {
    expect(await statusOf('GET', { host }), host).toBe(421);
  }
  for (const origin of ['http://evil.example', `https://${own}`, 'null']) {
    expect(await statusOf('POST', { origin }), origin).toBe(403);
  }
  expect(await statusOf('POST', { origin: `http://${own}` })).not.toBe(403);
});

test.each([
  ['body', 'content-type: text/xml\r\ncontent-length: 100000\r\n\r\n<'],
  ['headers', 'x-slow: '],
])('who never finishes the %s of a request is cut off', async (_part, begun) => {
  const { url } = await start({ slowestRequestMs: 200 });
  const { hostname, port, host } = new URL(url);
  const socket = connect(Number(port), hostname);
  // It may be told as an error first.
  const isClosed = new Promise<string>((resolve) => socket.on('close', () => resolve('closed')));
  socket.on('error', () => {}).resume();
  socket.write(`POST /v3/440000${servicePaths.upDownLoad} HTTP/1.1\r\nhost: ${host}\r\n${begun}`);
  const dripping = setInterval(() => socket.write('a'), 50);
  try {
    expect(await Promise.race([isClosed, wait(10_000, 'open')])).toBe('closed');
  } finally {
    clearInterval(dripping);
    socket.destroy();
  }
});
