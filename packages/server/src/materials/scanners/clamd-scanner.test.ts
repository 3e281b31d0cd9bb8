import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createClamdScanner } from './clamd-scanner.ts';

/** The test file that every scanner knows, in two parts, so that this file is not taken for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

const folder = mkdtempSync(join(tmpdir(), 'openbeian-clamd-'));
const open: Server[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Speaks clamd's protocol: the command, pieces with their length, an end, one verdict. */
async function startClamd(at: string | number, verdictOf: (file: Buffer) => string | null) {
  const server = createServer((socket) => {
    let read = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      const command = 'zINSTREAM\0';
      if (!read.subarray(0, command.length).equals(Buffer.from(command).subarray(0, read.length))) socket.destroy();
      const pieces: Buffer[] = [];
      for (let from = command.length; from + 4 <= read.length; ) {
        const length = read.readUInt32BE(from);
        if (length === 0) {
          const verdict = verdictOf(Buffer.concat(pieces));
          if (verdict !== null) socket.end(`${verdict}\0`);
          return;
        }
        if (from + 4 + length > read.length) return;
        pieces.push(read.subarray(from + 4, from + 4 + length));
        from += 4 + length;
      }
    });
  });
  open.push(server);
  await new Promise<void>((resolve) => {
    if (typeof at === 'string') server.listen(at, resolve);
    else server.listen(at, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { port: (address as AddressInfo | null)?.port ?? 0 };
}

const verdict = (file: Buffer) => (file.includes(eicar) ? 'stream: Win.Test.EICAR_HDB-1 FOUND' : 'stream: OK');

test('a file goes in pieces over a port or a socket; EICAR is named wherever it is', async () => {
  const { port } = await startClamd(0, verdict);
  const path = join(folder, 'clamd.sock');
  await startClamd(path, verdict);
  for (const at of [{ host: '127.0.0.1', port }, { path }]) {
    const scanner = createClamdScanner({ at, timeoutMs: 5000 });
    const picture = Buffer.alloc(200_000, 7);
    expect(await scanner.scan(picture)).toBe('clean');
    expect(await scanner.scan(Buffer.concat([picture, Buffer.from(eicar)]))).toEqual({
      infected: 'Win.Test.EICAR_HDB-1',
    });
    expect(await scanner.scan(new Uint8Array())).toBe('clean');
  }
});

test('no verdict is no clean file: errors, silence, a closed line and another answer are told', async () => {
  const unavailable = { code: 'material.scan_unavailable' };
  const answering = async (answer: string | null, timeoutMs = 5000) => {
    const { port } = await startClamd(0, () => answer);
    return createClamdScanner({ at: { host: '127.0.0.1', port }, timeoutMs }).scan(Buffer.from('x'));
  };
  await expect(answering('INSTREAM size limit exceeded. ERROR')).rejects.toMatchObject(unavailable);
  await expect(answering('')).rejects.toMatchObject(unavailable);
  await expect(answering('stream: OK, or not')).rejects.toMatchObject(unavailable);
  await expect(answering('x'.repeat(10_000))).rejects.toMatchObject(unavailable);
  await expect(answering(null, 100)).rejects.toMatchObject(unavailable);
  const nobody = createClamdScanner({ at: { path: join(folder, 'nobody.sock') }, timeoutMs: 1000 });
  await expect(nobody.scan(Buffer.from('x'))).rejects.toMatchObject(unavailable);
});
