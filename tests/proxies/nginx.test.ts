import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningGate, startGate } from '@openbeian/gate';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  gateToken,
  snapshotBody,
  startTestControlPlane,
  type TestControlPlane,
} from '../../packages/gate/src/testing.ts';
import { requireProgram } from '../support/require-program.ts';

const nginxPath = requireProgram('nginx');
const template = readFileSync(new URL('../../packages/gate/proxies/nginx.conf', import.meta.url), 'utf8');

describe.skipIf(nginxPath === null)('the shipped nginx configuration, in the real nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-nginx-'));
  let control: TestControlPlane;
  let gate: RunningGate;
  let site: Server;
  let nginx: ChildProcess;
  let port: number;

  beforeAll(async () => {
    control = await startTestControlPlane();
    control.publish(snapshotBody(1, ['example.cn']));
    gate = await startGate(
      { listen: { port: 0 }, controlUrl: control.url, token: gateToken, snapshotFile: join(folder, 'snapshot.json') },
      { log: () => {} },
    );
    site = createServer((request, response) => {
      response.writeHead(request.url === '/forbidden' ? 403 : 200, { 'x-site': 'customer' });
      response.end(`site of ${request.headers.host}`);
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    port = await freePort();
    const config = template
      .replaceAll('${GATE_ADDRESS}', new URL(gate.url).host)
      .replaceAll('${LISTEN}', `127.0.0.1:${port}`)
      .replaceAll('${UPSTREAM}', `http://127.0.0.1:${(site.address() as AddressInfo).port}`);
    const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (kind) => `${kind}_temp_path ${folder}/${kind};`,
    );
    writeFileSync(
      join(folder, 'nginx.conf'),
      `daemon off; master_process off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log warn;
       events { worker_connections 128; } http { access_log off; ${temp.join(' ')} ${config} }`,
    );
    nginx = spawn(nginxPath ?? '', ['-p', folder, '-c', join(folder, 'nginx.conf')], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await vi.waitUntil(
      () =>
        visit('example.cn').then(
          ({ status }) => status === 200,
          () => false,
        ),
      { timeout: 10_000 },
    );
  });
  afterAll(async () => {
    if (nginx?.exitCode === null) {
      nginx.kill('SIGTERM');
      await once(nginx, 'exit');
    }
    await gate?.close();
    await control?.close();
    site?.closeAllConnections();
    site?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function visit(host: string, path = '/', headers: Record<string, string> = {}) {
    return new Promise<{ status: number; reason: unknown; site: unknown; body: string }>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path, headers: { host, ...headers }, agent: false }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => {
          const { 'x-openbeian-reason': reason, 'x-site': site } = response.headers;
          resolve({ status: response.statusCode ?? 0, reason, site, body });
        });
      }).on('error', reject);
    });
  }

  test('an unfiled name gets the block page and never reaches the site; once it is filed it passes', async () => {
    const blocked = await visit('shop.new.cn', '/deep/path?host=example.cn');
    expect(blocked).toMatchObject({ status: 403, reason: 'unfiled', site: undefined });
    expect(blocked.body).toContain('shop.new.cn');
    expect(blocked.body).toMatch(/没有备案[\s\S]*not filed/);
    control.publish(snapshotBody(2, ['example.cn', 'new.cn']));
    await vi.waitFor(async () => expect((await visit('shop.new.cn')).status).toBe(200), {
      timeout: 5000,
      interval: 20,
    });
    expect(await visit('shop.new.cn:8443')).toMatchObject({
      status: 200,
      site: 'customer',
      body: 'site of shop.new.cn',
    });
    control.publish(snapshotBody(3, ['example.cn']));
    await vi.waitFor(async () => expect((await visit('shop.new.cn')).status).toBe(403), {
      timeout: 5000,
      interval: 20,
    });
  });

  test('a visitor cannot name another host to be judged by', async () => {
    expect(await visit('unfiled.cn', '/', { 'x-original-host': 'example.cn' })).toMatchObject({
      status: 403,
      reason: 'unfiled',
    });
    expect((await visit('unfiled.cn', '/_openbeian/auth', { 'x-original-host': 'example.cn' })).site).toBeUndefined();
  });

  test('a 403 of the site itself passes as it is', async () => {
    expect(await visit('example.cn', '/forbidden')).toMatchObject({ status: 403, site: 'customer', reason: undefined });
  });

  test('addresses and the provider’s own names pass', async () => {
    expect((await visit('127.0.0.1')).status).toBe(200);
    expect((await visit('fn-1.app.xingyun-cloud.cn')).status).toBe(200);
  });

  test('with the gate gone nothing is served', async () => {
    await gate.close();
    const answer = await visit('example.cn');
    expect([answer.status, answer.site]).toEqual([500, undefined]);
  });
});

async function freePort(): Promise<number> {
  const probe = createTcpServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
