import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { crc32 } from 'node:zlib';
import { createSnapshotBuilder, type GateChange, type GateSnapshotBody } from '@openbeian/model/gate';

/** A control plane for tests: it serves what it is given, holds questions as the real one does, and can fail. */
export interface TestControlPlane {
  readonly url: string;
  /** A history of its own begins with this: waiting gates are asked to take it whole, at once. */
  publish(body: GateSnapshotBody): void;
  /** Serves these bytes as the snapshot instead, whatever they are. */
  publishBytes(bytes: Uint8Array): void;
  /** The next changes; waiting gates get them at once. */
  change(...changes: readonly GateChange[]): void;
  /** Reports of blocked names that came; counted where this says so. */
  readonly blocked: { reports: { readonly run: string; readonly number: number }[]; isCounted: boolean };
  /** What was asked for so far: tokens and paths. */
  readonly asked: {
    readonly authorization: string | undefined;
    readonly path: string;
    /** What the gate said of itself. */
    readonly said: string | undefined;
  }[];
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

/** The binary snapshot of a body, with the mark of a history that begins with it. */
export function snapshotBytes(body: GateSnapshotBody, mark = markOf(JSON.stringify(body))): Uint8Array<ArrayBuffer> {
  const { version, builtAt, records, ...about } = body;
  const builder = createSnapshotBuilder({ ...about, sequence: version, builtAtMs: Date.parse(builtAt), mark });
  for (const record of records) builder.add(record);
  const seed = createHash('sha256').update(mark).digest();
  const laidOut = builder.layOut(() => ({ k0: seed.readUInt32LE(0), k1: seed.readUInt32LE(4) }));
  const bytes = new Uint8Array(laidOut.header.fileLength);
  for (const piece of laidOut.pieces(crc32)) bytes.set(piece.bytes, piece.at);
  return bytes;
}

function markOf(history: string): string {
  return createHash('sha256').update(history).digest('hex').slice(0, 32);
}

/** A change with its place in the history. */
interface Told {
  readonly sequence: number;
  readonly mark: string;
  readonly change: GateChange & { readonly sequence: number };
}

/** A snapshot and the changes behind it. */
class History {
  #bytes: Uint8Array | null = null;
  #published: GateSnapshotBody | null = null;
  #begin = { sequence: 0, mark: 'nothing' };
  #told: Told[] = [];
  atMs = 0;

  /** Begins again with a snapshot; `body` null where only its bytes are known. */
  begin(bytes: Uint8Array, body: GateSnapshotBody | null): void {
    this.#bytes = bytes;
    this.#published = body;
    this.#begin =
      body === null
        ? { sequence: 0, mark: markOf(String(Math.random())) }
        : { sequence: body.version, mark: markOf(JSON.stringify(body)) };
    this.#told = [];
    if (body !== null) this.atMs = Date.parse(body.builtAt);
  }

  add(change: GateChange): void {
    const before = this.#told.at(-1) ?? this.#begin;
    const sequence = before.sequence + 1;
    const mark = markOf(before.mark + JSON.stringify(change));
    this.#told.push({ sequence, mark, change: { ...change, sequence } });
  }

  /** The changes behind this position, or null where it is none of this history. */
  changesAfter(after: number, mark: string): Told[] | null {
    const known = [this.#begin, ...this.#told].some((one) => one.sequence === after && one.mark === mark);
    return known ? this.#told.filter(({ sequence }) => sequence > after) : null;
  }

  /** The snapshot with all changes applied. */
  latest(): Uint8Array | null {
    const last = this.#told.at(-1);
    const published = this.#published;
    if (published === null || last === undefined) return this.#bytes;
    const key = (name: string, exact: boolean) => `${exact} ${name}`;
    const records = new Map(published.records.map((one) => [key(one.name, one.serviceKind === 'app'), one]));
    for (const { change } of this.#told) {
      if (change.record === null) records.delete(key(change.name, change.exact));
      else records.set(key(change.name, change.exact), change.record);
    }
    const builtAt = new Date(this.atMs).toISOString();
    return snapshotBytes({ ...published, version: last.sequence, builtAt, records: [...records.values()] }, last.mark);
  }

  /** What a gate is told that has this position. */
  answerTo(after: number, mark: string): string {
    const found = this.changesAfter(after, mark);
    const last = found?.at(-1) ?? { sequence: after, mark };
    const changes = found?.map(({ change }) => change) ?? [];
    const at = new Date(this.atMs).toISOString();
    return JSON.stringify({ snapshot: found === null, sequence: last.sequence, mark: last.mark, at, changes });
  }
}

export async function startTestControlPlane(port = 0): Promise<TestControlPlane> {
  const history = new History();
  const asked: TestControlPlane['asked'] = [];
  const blocked: TestControlPlane['blocked'] = { reports: [], isCounted: true };
  const waiting = new Set<() => void>();

  function answerChanges(request: IncomingMessage, response: ServerResponse, query: URLSearchParams): void {
    const after = Number(query.get('after'));
    const mark = query.get('mark') ?? '';
    const answer = () => {
      clearTimeout(timer);
      waiting.delete(answer);
      response.end(history.answerTo(after, mark));
    };
    const isNews = history.changesAfter(after, mark)?.length !== 0;
    const timer = setTimeout(answer, isNews ? 0 : Number(query.get('waitMs')));
    waiting.add(answer);
    request.on('close', () => {
      if (response.writableEnded) return;
      clearTimeout(timer);
      waiting.delete(answer);
    });
  }

  async function takeReport(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A gate sends one.
    blocked.reports.push((await json(request)) as (typeof blocked.reports)[number]);
    response.writeHead(blocked.isCounted ? 200 : 503).end('{}');
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test');
    const said = request.headers['openbeian-gate'];
    asked.push({
      authorization: request.headers.authorization,
      path: url.pathname,
      said: typeof said === 'string' ? said : undefined,
    });
    if (request.headers.authorization !== `Bearer ${gateToken}`) return response.writeHead(401).end();
    if (url.pathname === '/api/v1/gate/changes') return answerChanges(request, response, url.searchParams);
    if (url.pathname === '/api/v1/gate/blocked-names') {
      return void takeReport(request, response);
    }
    if (url.pathname !== '/api/v1/gate/snapshot.bin') return response.writeHead(404).end();
    const file = history.latest();
    return file === null ? response.writeHead(503).end() : response.writeHead(200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const answerAll = () => {
    const due = [...waiting];
    for (const answer of due) answer();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    blocked,
    publish(body) {
      history.begin(snapshotBytes(body), body);
      answerAll();
    },
    publishBytes(bytes) {
      history.begin(bytes, null);
      answerAll();
    },
    change(...changes) {
      for (const change of changes) history.add(change);
      history.atMs += 1000;
      answerAll();
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
