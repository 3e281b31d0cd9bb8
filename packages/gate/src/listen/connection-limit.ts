import type { Server } from 'node:http';

/** How many connections each address holds at this moment, at all addresses and threads of the gate. */
export interface ConnectionCounts {
  /**
   * Counts a connection.
   * @param cut ends it, where it is one too many
   * @returns what is to be called when it is closed
   */
  opened(address: string, cut: () => void): () => void;
}

/** Counts here, up to so many of one address. */
export function countConnections(perAddress: number): ConnectionCounts {
  const open = new Map<string, number>();
  return {
    opened(address, cut) {
      const count = (open.get(address) ?? 0) + 1;
      if (count > perAddress) {
        cut();
        return () => {};
      }
      open.set(address, count);
      return () => {
        const left = (open.get(address) ?? 1) - 1;
        if (left === 0) open.delete(address);
        else open.set(address, left);
      };
    },
  };
}

/** Whoever holds more connections than a proxy needs loses the newest at once; others are not affected. */
export function limitConnections(server: Server, counts: ConnectionCounts): void {
  server.on('connection', (socket) => {
    socket.once(
      'close',
      counts.opened(socket.remoteAddress ?? '', () => socket.destroy()),
    );
  });
}
