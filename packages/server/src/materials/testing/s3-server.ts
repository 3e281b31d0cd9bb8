import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Whom the server knows. */
export interface Owner {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

export interface S3Server {
  readonly url: string;
  /** `bucket/key` of each object. */
  readonly objects: Map<string, Buffer>;
  /** Answers the next requests so instead. */
  failNext(status: number, times: number): void;
  close(): Promise<void>;
}

/**
 * The part of S3 that we use, for tests: it checks Signature Version 4 by its own reading of the specification (headers, their
 * order, the digest of the body, the age of the request) and refuses what does not fit.
 */
export async function startS3Server(owner: Owner): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const failing = { status: 0, times: 0 };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      if (failing.times > 0) {
        failing.times -= 1;
        response.writeHead(failing.status).end();
        return;
      }
      const refusal = refusalOf(request, body, owner);
      if (refusal !== null) {
        response.writeHead(403, { 'content-type': 'application/xml' }).end(`<Error><Code>${refusal}</Code></Error>`);
        return;
      }
      const name = decodeURIComponent((request.url ?? '').slice(1));
      const known = objects.get(name);
      if (request.method === 'PUT') {
        objects.set(name, body);
        response.writeHead(200).end();
      } else if (request.method === 'DELETE') {
        objects.delete(name);
        response.writeHead(204).end();
      } else if (known === undefined) response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
      else response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(known);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // It listens on a host and port.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    objects,
    failNext: (status, times) => Object.assign(failing, { status, times }),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** What S3 calls it; null: the request is signed as it should be. */
function refusalOf(request: IncomingMessage, body: Buffer, owner: Owner): string | null {
  const { authorization = '' } = request.headers;
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (parts === null) return 'AccessDenied';
  const [, accessKeyId, day = '', region = '', signedHeaders = '', signature = ''] = parts;
  if (accessKeyId !== owner.accessKeyId) return 'InvalidAccessKeyId';
  const at = String(request.headers['x-amz-date'] ?? '');
  if (!at.startsWith(day) || region !== owner.region) return 'AuthorizationHeaderMalformed';
  const instant = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - instant) < 15 * 60_000)) return 'RequestTimeTooSkewed';
  const digest = String(request.headers['x-amz-content-sha256'] ?? '');
  // What is not signed could be changed on the way.
  if (digest !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const names = signedHeaders.split(';');
  if (!['host', 'x-amz-date', 'x-amz-content-sha256'].every((name) => names.includes(name))) return 'AccessDenied';
  const headers = names.map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`).join('');
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const canonical = [request.method, path, query, headers, signedHeaders, digest].join('\n');
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = ['s3', 'aws4_request'].reduce(
    (before, part) => hmac(before, part),
    hmac(hmac(`AWS4${owner.secretAccessKey}`, day), region),
  );
  const expected = hmac(key, ['AWS4-HMAC-SHA256', at, scope, sha256(canonical)].join('\n'));
  return timingSafeEqual(expected, Buffer.from(signature, 'hex')) ? null : 'SignatureDoesNotMatch';
}
