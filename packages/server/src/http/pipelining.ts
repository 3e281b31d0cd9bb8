import type { RequestListener, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Requests of one connection that are answered at the same time. No browser or proxy sends the next one before the answer. */
const mostAtOnce = 4;

/**
 * Closes a connection that sends ahead more requests than that (HTTP pipelining; RFC 9112 §9.3.2 lets a server close it). A
 * few packets hold thousands of requests, all of which would be begun before anybody else has a turn.
 */
export function refusePipelines(listener: RequestListener): RequestListener {
  const open = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    if (socket.destroyed) return;
    const count = (open.get(socket) ?? 0) + 1;
    if (count > mostAtOnce) {
      socket.destroy();
      return;
    }
    open.set(socket, count);
    response.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    listener(request, response);
  };
}

const endOfHeaders = '\r\n\r\n';

/**
 * Node's parser makes objects of every request of a packet (64 KiB hold some 2000) even when the first ones closed the
 * connection. It gets a few requests at a time instead, and nothing of what follows once the connection is closed.
 */
export function readInParts(server: Server): void {
  server.on('connection', (socket) => {
    const parsers = socket.listeners('data') as ((bytes: Buffer) => void)[];
    socket.removeAllListeners('data');
    socket.on('data', (bytes: Buffer) => {
      for (let from = 0; from < bytes.length && !socket.destroyed; ) {
        const to = endOfPart(bytes, from);
        for (const parse of parsers) parse.call(socket, bytes.subarray(from, to));
        from = to;
      }
    });
  });
}

/** Behind so many ends of headers: a body may hold some, too, and is then read in parts as well. */
function endOfPart(bytes: Buffer, from: number): number {
  let to = from;
  for (let found = 0; found < mostAtOnce; found += 1) {
    const at = bytes.indexOf(endOfHeaders, to);
    if (at === -1) return bytes.length;
    to = at + endOfHeaders.length;
  }
  return to;
}
