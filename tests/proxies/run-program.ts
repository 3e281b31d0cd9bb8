import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProxyMode } from './proxy-world.ts';

const proxies = new URL('../../packages/gate/proxies/', import.meta.url);

/** A shipped example configuration with its places filled in; a place without a value is an error. */
export function shipped(path: string, values: Readonly<Record<string, string>>): string {
  return readFileSync(new URL(path, proxies), 'utf8').replace(/\$\{([A-Z_]+)\}/g, (place, name: string) => {
    const value = values[name];
    // Comments name places as well.
    return value ?? place;
  });
}

/** Where the shipped files of a proxy lie. */
export const shippedFolder = (proxy: string): string => new URL(`${proxy}/`, proxies).pathname.replace(/\/$/, '');

/** What follows `bind` in HAProxy's configuration for this transport. */
export function haproxyAddress(port: number, transport: ProxyMode['transport']): string {
  const how =
    transport === undefined ? '' : transport === 'h2c' ? ' proto h2' : ` ssl crt ${transport.both} alpn h2,http/1.1`;
  return `127.0.0.1:${port}${how}`;
}

/** The gate's address as a proxy's configuration names it. @param socket what is written before the path of a Unix socket there */
export function gateAddress(gate: string, socket: 'unix:' | 'unix@' | 'unix/'): string {
  return gate.startsWith('/') ? `${socket}${gate}` : gate;
}

export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Starts a proxy and waits until it accepts connections on the port; what it says counts only when it fails. */
export async function runProxy(
  program: string,
  args: readonly string[],
  port: number,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly pid: number; readonly port: number; stop(): Promise<void> }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    });
  }
  const exited = once(child, 'exit');
  for (const deadline = Date.now() + 20_000; ; ) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said}`);
    if (await accepts(port)) break;
    if (Date.now() > deadline) throw new Error(`${program} does not listen: ${said}`);
    await sleep(20);
  }
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), 5000);
      await exited;
      clearTimeout(kill);
    },
  };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
