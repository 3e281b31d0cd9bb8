import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Verifier } from '../../../ports/index.ts';
import { createHttpVerifier } from '../http-verifier.ts';
import { isSigned, signMessage } from '../signed-message.ts';

export const serviceSecret = 'a-secret-of-the-verification-service';

interface Started {
  readonly reference: string;
  readonly way: string;
  readonly person: { readonly name: string; readonly certificateType: string; readonly certificateNumber: string };
  readonly resultUrl: string | null;
}

/** A verification service as a provider would run it, on a free port of this machine; `answer` is what it says next. */
export async function startVerificationService(now: () => string) {
  const started: Started[] = [];
  const results = new Map<string, object>();
  let answer: ((path: string, body: unknown) => { readonly status?: number; readonly text: string } | null) | null =
    null;

  const say = (path: string, body: { readonly verificationId?: string } & Started): object => {
    if (path === '/verification-results') return results.get(body.verificationId ?? '') ?? { outcome: 'waiting' };
    started.push(body);
    const verificationId = `out_${started.length}`;
    const linkUntil = new Date(Date.parse(now()) + 2 * 3_600_000).toISOString();
    return { verificationId, link: `https://verify.example/${verificationId}`, linkUntil };
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const header = (name: string) => String(request.headers[name] ?? '');
    const headers = {
      id: header('webhook-id'),
      timestamp: header('webhook-timestamp'),
      signature: header('webhook-signature'),
    };
    if (!isSigned(serviceSecret, headers, { body, at: now() })) return response.writeHead(401).end('{}');
    const read = JSON.parse(body.toString('utf8')) as Started;
    const path = request.url ?? '';
    const other = answer?.(path, read) ?? null;
    if (other !== null) return response.writeHead(other.status ?? 200, { location: '/elsewhere' }).end(other.text);
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(say(path, read)));
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const verifier: Verifier = createHttpVerifier({
    url,
    secret: serviceSecret,
    timeoutMs: 2000,
    resultUrl: 'https://filing.example/hooks/verification-results',
    now,
  });
  return {
    url,
    verifier,
    started,
    /** What it says when it is asked about one of its verifications. */
    results,
    /** Until it is given null it answers with that, where it gives something. */
    answerWith(other: typeof answer) {
      answer = other;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
export type VerificationService = Awaited<ReturnType<typeof startVerificationService>>;

/** A message of the service's to us, signed as it would be. */
export function messageOf(result: object, { at, id = 'msg_1', secret = serviceSecret }: MessageOf) {
  const body = JSON.stringify(result);
  const headers = signMessage(secret, { id, at, body });
  return {
    id,
    timestamp: headers['webhook-timestamp'],
    signature: headers['webhook-signature'],
    body: Buffer.from(body, 'utf8'),
  };
}

interface MessageOf {
  readonly at: string;
  readonly id?: string;
  readonly secret?: string;
}
