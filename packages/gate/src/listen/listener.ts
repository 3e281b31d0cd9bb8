import { chmod, lstat, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, createServer as createProbe, type ListenOptions, type Server as Probe } from 'node:net';
import type { Answerer } from '../answer/answer.ts';
import type { GateConfig } from '../config.ts';
import { type ConnectionCounts, limitConnections } from './connection-limit.ts';
import { answerPlainQuestions } from './plain-connections.ts';

/** Where a thread listens. */
export interface ListenedPlace {
  readonly host?: string | undefined;
  /** 0 for any that is free. */
  readonly port?: number | undefined;
  /** A Unix socket, in the place of both. */
  readonly path?: string | undefined;
}

/** What is at an address of the gate. */
export interface ListenerNeeds {
  readonly answerer: Answerer;
  readonly counts: ConnectionCounts;
  readonly config: Pick<GateConfig, 'timeouts' | 'threads'>;
}

/** An address that is listened on. */
export interface Listener {
  /** Root of its HTTP, e.g. `http://127.0.0.1:8090`; of a Unix socket its path behind `unix:`. */
  readonly url: string;
  /** 0 for a Unix socket. */
  readonly port: number;
  /** Takes no more connections; ends those on which nothing is under way. Resolves when none is left. */
  close(): Promise<void>;
  /** Ends what is left. */
  cut(): void;
}

/** Caddy and Traefik send a visitor's headers along, up to 1 MiB: a filed site is not refused for a large one. */
const mostHeaderBytes = 1_100_000;

/** Listens there. @throws the system's error where that is not possible */
export async function listenAt(place: ListenedPlace, { answerer, counts, config }: ListenerNeeds): Promise<Listener> {
  const { headersMs, requestMs, idleMs } = config.timeouts;
  const server = createServer(
    {
      maxHeaderSize: mostHeaderBytes,
      // A question comes at once; who sends it slowly is cut off.
      headersTimeout: Math.min(headersMs, requestMs),
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(5000, headersMs),
    },
    (request, response) => answerer.answer(request, response),
  );
  limitConnections(server, counts);
  const plain = answerPlainQuestions(server, answerer, config.timeouts);
  const { host = '127.0.0.1', port = 0, path } = place;
  if (path === undefined) await listen(server, { host, port, reusePort: config.threads > 1 });
  else await listenOnSocket(server, path);
  const address = server.address();
  const given = address === null || typeof address === 'string' ? 0 : address.port;
  return {
    url: path === undefined ? `http://${host.includes(':') ? `[${host}]` : host}:${given}` : `unix:${path}`,
    port: given,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      plain.close();
      return closed;
    },
    cut: () => server.closeAllConnections(),
  };
}

/**
 * A port that threads share could be shared by another gate of the same user, too: each would get some of the questions, and nobody
 * would notice. So nobody may listen there yet, and no two places may be the same.
 * @throws the system's error where a port is taken
 */
export async function refuseTakenPorts(places: readonly ListenedPlace[]): Promise<void> {
  const probes: Probe[] = [];
  try {
    for (const { host = '127.0.0.1', port = 0, path } of places) {
      if (path !== undefined || port === 0) continue;
      const probe = createProbe();
      await listen(probe, { host, port });
      probes.push(probe);
    }
  } finally {
    await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  }
}

async function listen(server: Probe, options: ListenOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Owner and group may ask; who may not write a socket cannot connect. */
const socketMode = 0o660;

async function listenOnSocket(server: Server, path: string): Promise<void> {
  try {
    await listen(server, { path });
  } catch (error) {
    // What a gate left that was killed. One that still answers keeps its address.
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || !(await isAbandoned(path))) throw error;
    await unlink(path);
    await listen(server, { path });
  }
  await chmod(path, socketMode);
}

/** Is this a socket that nobody listens on? */
async function isAbandoned(path: string): Promise<boolean> {
  if (!(await lstat(path)).isSocket()) return false;
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy();
      resolve(false);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
