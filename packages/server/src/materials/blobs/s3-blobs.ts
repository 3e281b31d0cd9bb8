import { createHash } from 'node:crypto';
import { Fault } from '@openbeian/model/fault';
import { AwsClient } from 'aws4fetch';
import type { Blobs } from '../../ports/index.ts';

export interface S3Settings {
  /** e.g. `https://s3.example.cn`; objects are at `<endpoint>/<bucket>/<prefix><name>`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every name; deployments that share a bucket each have their own. */
  readonly prefix: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** For one request. */
  readonly timeoutMs: number;
}

interface Request {
  readonly method: 'PUT' | 'GET' | 'DELETE';
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** No object of ours is larger: an answer that is has nothing to do with us. */
const mostBytes = 64 * 1024 * 1024;

/**
 * A bucket of an S3-compatible store, addressed by path, which all of them understand. Each request is signed with the digest of its
 * body (Signature Version 4), so that what arrives is what was sent, also without TLS.
 */
export class S3Blobs implements Blobs {
  readonly #settings: S3Settings;
  readonly #client: AwsClient;

  constructor(settings: S3Settings) {
    const { accessKeyId, secretAccessKey, region } = settings;
    this.#settings = settings;
    // A store that is busy says 503 for a second or so.
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: 5 });
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    await this.#ask(name, { method: 'PUT', body: new Uint8Array(bytes) }, [200]);
  }

  get(name: string): Promise<Uint8Array | null> {
    return this.#ask(name, { method: 'GET' }, [200, 404]);
  }

  async delete(name: string): Promise<void> {
    // Most answer 204 whether there was one or not; some say 404.
    await this.#ask(name, { method: 'DELETE' }, [200, 204, 404]);
  }

  async #ask(name: string, { method, body }: Request, expected: readonly number[]): Promise<Uint8Array | null> {
    const { endpoint, bucket, prefix, timeoutMs } = this.#settings;
    const path = [bucket, ...`${prefix}${name}`.split('/')].map(encodeURIComponent).join('/');
    const url = `${endpoint.replace(/\/+$/, '')}/${path}`;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      // A redirect would need another signature; none of our stores sends one.
      const headers = {
        'content-type': 'application/octet-stream',
        // Without it the client leaves the body unsigned.
        'x-amz-content-sha256': createHash('sha256')
          .update(body ?? '')
          .digest('hex'),
      };
      const answer = await this.#client.fetch(url, { method, body: body ?? null, headers, redirect: 'error', signal });
      if (!expected.includes(answer.status)) {
        await answer.body?.cancel();
        throw new Error(`the store answers ${answer.status} to ${method}`);
      }
      if (method === 'GET' && answer.status === 200) return await readAll(answer);
      await answer.body?.cancel();
      return null;
    } catch (cause) {
      throw new Fault('material.store_unavailable', { cause });
    }
  }
}

async function readAll({ body }: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes) throw new Error('the store answers with more than was put there');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
