import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

describe('a visitor who sends requests ahead of the answers', () => {
  const { needs, logged } = needsWith({});
  const app = createHttpServer(needs);
  let port = 0;
  beforeAll(async () => {
    await app.listen({ host: '127.0.0.1', port: 0 });
    ({ port } = app.server.address() as { port: number });
  });
  afterAll(() => app.close());

  const head = 'GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n';
  const answersIn = (text: string) => text.split('{"status":"ok"}').length - 1;

  /** Sends it in one piece; what came back until the server closed the connection. */
  async function send(text: string): Promise<string> {
    const socket = connect(port, '127.0.0.1').on('error', () => {});
    let said = '';
    socket.on('data', (bytes) => (said += bytes));
    socket.write(text);
    await once(socket, 'close');
    return said;
  }

  it('gets answers to a few', async () => {
    const last = `${head}Connection: close\r\n\r\n`;
    expect(answersIn(await send(`${head}\r\n`.repeat(3) + last))).toBe(4);
  });

  it('is cut off beyond that, and what follows is not begun', async () => {
    logged.length = 0;
    await send(`${head}\r\n`.repeat(1000));
    expect(logged.length).toBeLessThanOrEqual(8);
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  });

  it('may send any body', async () => {
    // The ends of headers in it are no requests.
    const body = JSON.stringify({ login: 'a', password: 'b' }) + '\r\n\r\n'.repeat(400);
    const post = `POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n`;
    const said = await send(`${post}Content-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
    // Read to its end, and handed to a flow, which these tests do not have.
    expect(said).toMatch(/^HTTP\/1\.1 500 /);
  });
});
