import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `openbeian COMMAND …` as people do, with the API key `key` at a server that the test plays while its file runs. */
export function commandAgainst(server: Server, command: string): (...args: string[]) => Promise<Ended> {
  let url = '';
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    // It listens on a port, so its address is an object.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  return async (...args) => {
    const env = { ...process.env, OPENBEIAN_SERVER: url, OPENBEIAN_API_KEY: 'key' };
    const child = spawn(process.execPath, [main, command, ...args], { env });
    // Not its exit, before which not all of what it wrote needs to have come.
    const closed = once(child, 'close');
    const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    return { status, stdout, stderr };
  };
}
