import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GateSnapshotBody, sealGateSnapshot } from '@openbeian/model/gate';

/** A control plane for tests: it serves what it is told, holds questions as the real one does, and can fail. */
export interface TestControlPlane {
  readonly url: string;
  /** Waiting gates get it at once. */
  publish(body: GateSnapshotBody): void;
  /** Serves this text instead, whatever it is. */
  publishText(text: string): void;
  /** Tokens of the questions so far. */
  readonly asked: (string | undefined)[];
  close(): Promise<void>;
}

export const gateToken = 'gate-token-for-tests';

/** A snapshot with records of the fictional provider xingyun. */
export function snapshotBody(
  version: number,
  names: readonly string[],
  more: Partial<GateSnapshotBody> = {},
): GateSnapshotBody {
  return {
    version,
    builtAt: new Date(Date.UTC(2026, 10, 21, 0, 0, version)).toISOString(),
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: ['app.xingyun-cloud.cn'],
    records: names.map((name, index) => ({ name, number: `粤ICP备${2026000100 + index}号-1`, accesses: ['xingyun'] })),
    ...more,
  };
}

export function sealedText(body: GateSnapshotBody): string {
  return JSON.stringify(sealGateSnapshot(body, (text) => createHash('sha256').update(text).digest('hex')));
}

export async function startTestControlPlane(port = 0): Promise<TestControlPlane> {
  let text: string | null = null;
  const asked: (string | undefined)[] = [];
  const waiting = new Set<() => void>();
  const etag = () =>
    `"${createHash('sha256')
      .update(text ?? '')
      .digest('hex')}"`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test');
    asked.push(request.headers.authorization);
    if (url.pathname !== '/api/v1/gate/snapshot') return response.writeHead(404).end();
    if (request.headers.authorization !== `Bearer ${gateToken}`) return response.writeHead(401).end();
    const answer = () => {
      clearTimeout(timer);
      waiting.delete(answer);
      if (text === null) return response.writeHead(503).end();
      if (request.headers['if-none-match'] === etag()) return response.writeHead(304, { etag: etag() }).end();
      return response.writeHead(200, { etag: etag(), 'content-type': 'application/json' }).end(text);
    };
    const isNews = text === null || request.headers['if-none-match'] !== etag();
    const timer = setTimeout(answer, isNews ? 0 : Number(url.searchParams.get('waitMs')));
    waiting.add(answer);
    request.on('close', () => {
      if (response.writableEnded) return;
      clearTimeout(timer);
      waiting.delete(answer);
    });
    return response;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const publishText = (next: string) => {
    text = next;
    for (const answer of [...waiting]) answer();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    publish: (body) => publishText(sealedText(body)),
    publishText,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
