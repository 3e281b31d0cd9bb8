import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningGate, startGate } from './index.ts';

describe('who keeps a connection to the gate and sends little', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-'));
  let gate: RunningGate;
  let port = 0;
  beforeAll(async () => {
    const timeouts = { headersMs: 300, requestMs: 600, idleMs: 300 };
    gate = await startGate(
      {
        listen: { port: 0 },
        // Nobody is there: the gate answers all the same.
        controlUrl: 'http://127.0.0.1:9',
        token: 'a-token-of-the-test',
        snapshotFile: join(folder, 'gate.snapshot'),
        timeouts,
        connectionsPerAddress: 20,
      },
      { log: () => {} },
    );
    port = Number(new URL(gate.url).port);
  });
  afterAll(async () => {
    await gate.close();
    rmSync(folder, { recursive: true });
  });

  /** Sends the pieces 50 ms apart; whether the gate has cut it off by then. */
  async function isCutOff(first: string, further: string): Promise<boolean> {
    const socket = connect(port, '127.0.0.1').resume();
    socket.on('error', () => {});
    const ended = new Promise<boolean>((done) => socket.on('close', () => done(true)));
    socket.write(first);
    const sending = setInterval(() => further !== '' && socket.write(further), 50);
    const cut = await Promise.race([ended, sleep(5000).then(() => false)]);
    clearInterval(sending);
    socket.destroy();
    return cut;
  }
  const question = 'GET /auth HTTP/1.1\r\nHost: example.cn\r\n';

  it.each([
    ['says nothing at all', '', ''],
    ['sends headers for ever', question, 'X-More: 1\r\n'],
    ['sends a body byte by byte', `${question}Content-Length: 2000\r\n\r\n{`, ' '],
    ['sends a body in chunks without end', `${question}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
    ['asks once and stays', `${question}\r\n`, ''],
  ])('is cut off: %s', async (_, first, further) => {
    expect(await isCutOff(first, further)).toBe(true);
  });

  it('takes no answers from others, and cannot hold more connections than one proxy needs', async () => {
    const held = Array.from({ length: 30 }, () => connect(port, '127.0.0.1'));
    const cut = held.map(
      (socket) => new Promise((done) => socket.on('error', () => {}).on('close', () => done(socket))),
    );
    // The ten beyond the limit go at once.
    const first = await Promise.race([Promise.all(cut.slice(20)), sleep(5000)]);
    expect(first).toHaveLength(10);
    for (const socket of held) socket.destroy();
    await Promise.all(cut);
    await expect.poll(async () => (await fetch(`${gate.url}/healthz`)).status).toBe(200);
  });
});
