import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type RunningGate, startGate } from '../index.ts';
import {
  gateToken,
  snapshotBody,
  startTestControlPlane,
  type TestControlPlane,
} from '../testing/test-control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-names-'));
let control: TestControlPlane;
let gate: RunningGate;
beforeAll(async () => {
  control = await startTestControlPlane();
  control.publish(snapshotBody(1, ['example.cn', '例子.中国']));
  const config = { listen: { port: 0 }, controlUrl: control.url, token: gateToken, snapshotFile: join(folder, 's') };
  gate = await startGate({ ...config, consoleUrl: 'https://console.example/' }, { log: () => {} });
  await vi.waitUntil(async () => (await fetch(`${gate.url}/readyz`)).ok, { timeout: 10_000 });
});
afterAll(async () => {
  await gate.close();
  await control.close();
  rmSync(folder, { recursive: true });
});

interface Result {
  name: string;
  allowed: boolean;
  reason: string;
  filing: { kind: string } | null;
}
const post = (body: string) => fetch(`${gate.url}/dns-check`, { method: 'POST', body });
const resultsOf = async (answer: Response) => ((await answer.json()) as { results: Result[] }).results;

test('names in one question, each with its reason; a wildcard is evaluated by the name below it', async () => {
  const names = [
    'www.example.cn',
    '*.例子.中国',
    'other.cn',
    '*.other.cn',
    'a.app.xingyun-cloud.cn',
    '_acme-challenge.example.cn.',
  ];
  const query = names.map((name) => `name=${encodeURIComponent(name)}`).join('&');
  const asked = await resultsOf(await fetch(`${gate.url}/dns-check?${query}`));
  expect(asked.map(({ name, allowed, reason }) => [name, allowed, reason])).toEqual([
    [names[0], true, 'filed_here'],
    [names[1], true, 'filed_here'],
    [names[2], false, 'unfiled'],
    [names[3], false, 'unfiled'],
    [names[4], true, 'exempt_provider_name'],
    [names[5], true, 'filed_here'],
  ]);
  expect(asked[2]?.filing).toMatchObject({ kind: 'first' });
  expect(await resultsOf(await post(JSON.stringify({ names })))).toEqual(asked);
});

test('what is no name to be added is refused: addresses, ports, wildcards within, nothing', async () => {
  for (const name of [
    '192.0.2.1',
    '[2001:db8::1]',
    'example.cn:53',
    'a.*.example.cn',
    '*.*.example.cn',
    '*',
    '',
    '*.',
  ]) {
    const [result] = await resultsOf(await post(JSON.stringify({ names: [name] })));
    expect(result).toMatchObject({ name, allowed: false, reason: 'malformed_host' });
  }
});

test('bad questions are told what was expected', async () => {
  const many = JSON.stringify({ names: Array.from({ length: 1001 }, () => 'a.cn') });
  for (const body of ['', '{', 'null', '{"names":"a.cn"}', '{"names":[1]}', '{"names":[]}', many]) {
    const answer = await post(body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(await answer.text()).toContain('1 to 1000');
  }
  expect((await fetch(`${gate.url}/dns-check`)).status).toBe(400);
  expect((await post(`{"names":["${'a'.repeat(2_000_000)}"]}`)).status).toBe(413);
  const put = await fetch(`${gate.url}/dns-check`, { method: 'PUT' });
  expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
});

test('explain is JSON for programs and a page for browsers, with the filing and when it is looked at again', async () => {
  const url = `${gate.url}/explain?host=shop.other.cn`;
  expect(await (await fetch(url)).json()).toMatchObject({
    reason: 'unfiled',
    served: false,
    filing: { kind: 'first', zh: '首次备案' },
    lookAgain: { afterSeconds: 1 },
  });
  const page = await fetch(url, { headers: { accept: 'text/html,application/xhtml+xml' } });
  const html = await page.text();
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(html).toMatch(/shop\.other\.cn[\s\S]*首次备案[\s\S]*First filing/);
  expect(await (await fetch(`${url}&format=html`)).text()).toBe(html);
  const filed = await (await fetch(`${gate.url}/explain?host=example.cn`)).json();
  expect(filed).toMatchObject({ served: true, filing: null, lookAgain: null });
  expect((await fetch(url, { method: 'POST' })).status).toBe(405);
});

test('the time of decisions and the number by outcome and reason are measured', async () => {
  const before = await (await fetch(`${gate.url}/metrics`)).text();
  const count = (text: string, line: string) =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.split(' ')[1],
    );
  await fetch(`${gate.url}/forward-auth`, { headers: { 'x-forwarded-host': 'other.cn' } });
  const after = await (await fetch(`${gate.url}/metrics`)).text();
  for (const line of [
    'openbeian_gate_decision_seconds_count',
    'openbeian_gate_decision_seconds_bucket{le="+Inf"}',
    'openbeian_gate_decisions_total{outcome="block",reason="unfiled"}',
  ]) {
    expect(count(after, line)).toBe(count(before, line) + 1);
  }
});
