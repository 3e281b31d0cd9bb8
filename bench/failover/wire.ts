import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A stretch of network between two programs of this machine, which can fall silent. */
export interface Wire {
  readonly port: number;
  /** Nothing passes on the connections that there are, and nobody is told; new ones pass. */
  forget(): void;
  /** Nothing passes at all until `heal`. */
  cut(): void;
  heal(): void;
  close(): void;
}

export async function startWire(targetPort: number): Promise<Wire> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let isCut = false;
  const server = createServer((inner) => {
    // Taken and never answered, as by a network that drops what is sent.
    if (isCut) {
      inner.on('error', () => {});
      silent.add(inner);
      return;
    }
    const outer = connect(targetPort, '127.0.0.1');
    const pair = [inner, outer] as const;
    pairs.add(pair);
    const end = (other: Socket) => () => {
      pairs.delete(pair);
      if (!silent.has(other)) other.destroy();
    };
    inner.on('error', () => {}).on('close', end(outer));
    outer.on('error', () => {}).on('close', end(inner));
    inner.setNoDelay(true).pipe(outer.setNoDelay(true)).pipe(inner);
  });
  const silent = new Set<Socket>();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const forget = () => {
    for (const [inner, outer] of pairs) {
      for (const socket of [inner, outer]) silent.add(socket.unpipe().pause());
    }
    pairs.clear();
  };
  const dropSilent = () => {
    for (const socket of silent) socket.destroy();
    silent.clear();
  };
  return {
    port: (server.address() as AddressInfo).port,
    forget,
    cut() {
      isCut = true;
      forget();
    },
    heal() {
      isCut = false;
      dropSilent();
    },
    close() {
      server.close();
      dropSilent();
      for (const pair of pairs) for (const socket of pair) socket.destroy();
    },
  };
}
