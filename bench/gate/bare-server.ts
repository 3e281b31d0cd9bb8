import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The peer of the gate: a server that knows nothing and always says 204. It prints its port. */
const server = createServer((_, response) => {
  response.writeHead(204);
  response.end();
});
server.keepAliveTimeout = 75_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
