import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The peer of the gate: a server that knows nothing and always says 204. On a Unix socket where one is named; it prints its port. */
const server = createServer((_, response) => {
  response.writeHead(204);
  response.end();
});
server.keepAliveTimeout = 75_000;
const path = process.argv[2];
const listening = () => {
  const address = server.address() as AddressInfo | string;
  process.stdout.write(`${typeof address === 'string' ? 0 : address.port}\n`);
};
if (path === undefined) server.listen(0, '127.0.0.1', listening);
else server.listen(path, listening);
