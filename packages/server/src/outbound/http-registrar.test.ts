import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttpRegistrar, noRegistrar } from './http-registrar.ts';

const question = { domainName: 'name.cn', certificateType: 'business_licence', certificateNumber: '9144' };

describe('the registrar’s word, over HTTP', () => {
  let server: Server;
  let answer: { status: number; body: string } | 'silence';
  let asked: { authorization: string | undefined; body: unknown } | undefined;
  beforeAll(async () => {
    server = createServer(async (request: IncomingMessage, response) => {
      asked = { authorization: request.headers.authorization, body: JSON.parse(await text(request)) };
      if (answer === 'silence') return;
      response.writeHead(answer.status, { location: '/elsewhere' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const ask = (timeoutMs = 2000) => {
    const { port } = server.address() as AddressInfo;
    return createHttpRegistrar({ url: `http://127.0.0.1:${port}/holder`, secret: 'a-secret', timeoutMs }).isHolder(
      question,
    );
  };

  test.each([true, false, null])('%s', async (isHolder) => {
    answer = { status: 200, body: JSON.stringify({ isHolder }) };
    expect(await ask()).toBe(isHolder);
    expect(asked).toEqual({ authorization: 'Bearer a-secret', body: question });
  });

  test.each([
    { status: 500, body: '{"isHolder":true}' },
    { status: 302, body: '{"isHolder":true}' },
    { status: 200, body: 'yes' },
    { status: 200, body: '{"isHolder":"true"}' },
    { status: 200, body: `{"isHolder":true,"more":"${'x'.repeat(5000)}"}` },
  ])('$status and anything else is no word', async (given) => {
    answer = given;
    expect(await ask()).toBeNull();
  });

  test('nor is silence, nor a deployment without one', async () => {
    answer = 'silence';
    expect(await ask(100)).toBeNull();
    expect(await noRegistrar.isHolder(question)).toBeNull();
  });
});
