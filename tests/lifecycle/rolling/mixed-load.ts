import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** Everything that the load needs to ask. */
export interface LoadWorld {
  readonly port: number;
  readonly resourceId: string;
  readonly accountId: string;
  readonly login: { readonly login: string; readonly password: string };
  readonly gateToken: string;
}

export interface LoadResult {
  readonly sent: number;
  /** What was asked and what came of it: a status, or the network's error. */
  readonly failures: readonly string[];
  /** When each of them came, as `Date.now()` says. */
  readonly failedAtMs: readonly number[];
  /** Answers per kind of request. */
  readonly counts: Readonly<Record<string, number>>;
  readonly issued: readonly string[];
}

interface Question {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly agent: Agent | false;
}

interface Reply {
  readonly status: number;
  readonly text: string;
  readonly cookies: readonly string[];
  readonly etag: string | undefined;
}

/** Asks once, and never again by itself. */
function ask(port: number, { method, path, headers = {}, body, agent }: Question): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const bytes = body === undefined ? undefined : JSON.stringify(body);
    const all = { ...headers, ...(bytes !== undefined && { 'content-type': 'application/json' }) };
    const asked = request({ host: '127.0.0.1', port, method, path, agent, headers: all }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('error', reject).on('end', () => {
        const cookies = (response.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? '');
        resolve({ status: response.statusCode ?? 0, text, cookies, etag: response.headers.etag });
      });
    });
    asked.on('error', reject).end(bytes);
  });
}

/** Customers (half of them on connections that are kept, half on one for each request) and gates that wait for changes. */
export class MixedLoad {
  readonly #world: LoadWorld;
  readonly #failures: string[] = [];
  readonly #failedAtMs: number[] = [];
  readonly #counts: Record<string, number> = {};
  readonly #issued: string[] = [];
  readonly #kept = new Agent({ keepAlive: true });
  #cookie = '';
  #sent = 0;
  #clear = '';
  #isOver = false;

  constructor(world: LoadWorld) {
    this.#world = world;
  }

  get sent(): number {
    return this.#sent;
  }

  /** Runs until `stop`. */
  async run({ customers, gates }: { readonly customers: number; readonly gates: number }): Promise<LoadResult> {
    const { port, login } = this.#world;
    const signedIn = await ask(port, { method: 'POST', path: '/api/v1/session', body: login, agent: false });
    if (signedIn.status !== 200) throw new Error(`cannot sign in: ${signedIn.status} ${signedIn.text}`);
    this.#cookie = signedIn.cookies.join('; ');
    await this.#issue(false);
    await Promise.all([
      ...Array.from({ length: customers }, (_, index) => this.#customer(index, index % 2 === 0 ? this.#kept : false)),
      ...Array.from({ length: gates }, () => this.#gate()),
    ]);
    this.#kept.destroy();
    return {
      sent: this.#sent,
      failures: this.#failures,
      failedAtMs: this.#failedAtMs,
      counts: this.#counts,
      issued: this.#issued,
    };
  }

  stop(): void {
    this.#isOver = true;
  }

  async #customer(index: number, agent: Agent | false): Promise<void> {
    const { resourceId } = this.#world;
    const headers = { cookie: this.#cookie };
    const get = (path: string) => this.#count(`GET ${path.split('?')[0]}`, { method: 'GET', path, headers, agent });
    const verify = () => {
      const question = {
        method: 'POST',
        path: '/api/v1/codes/verify',
        headers,
        body: { code: this.#clear, accountId: this.#world.accountId },
        agent,
      };
      return this.#count('POST verify, without a key', question);
    };
    const turns = [
      () => get('/api/v1/session'),
      () => this.#issue(agent),
      () => get(`/api/v1/codes?resourceId=${resourceId}&limit=5`),
      verify,
      () => get('/query/web?search=example.cn'),
      verify,
      () => get('/api/v1/code-counts'),
      () => this.#issue(agent),
    ];
    for (let turn = index; !this.#isOver; turn += 1) await turns[turn % turns.length]?.();
  }

  async #issue(agent: Agent | false): Promise<void> {
    const path = `/api/v1/resources/${this.#world.resourceId}/codes`;
    const headers = { cookie: this.#cookie, 'idempotency-key': `rolling-${this.#sent}` };
    const question = { method: 'POST', path, headers, body: { count: 1 }, agent };
    const reply = await this.#count('POST issue, with a key', question);
    if (reply === null) return;
    const { codes } = JSON.parse(reply.text) as { codes: { clear: string; code: { id: string } }[] };
    for (const { clear, code } of codes) {
      this.#clear ||= clear;
      this.#issued.push(code.id);
    }
  }

  async #gate(): Promise<void> {
    const headers = { authorization: `Bearer ${this.#world.gateToken}` };
    const file = await this.#count('GET the gate’s file', {
      method: 'GET',
      path: '/api/v1/gate/snapshot.bin',
      headers,
      agent: false,
    });
    const [, after = '', mark = ''] = /^"(\d+)-(.*)"$/.exec(file?.etag ?? '') ?? [];
    // Nothing changes, so each waits as long as it may, or until its server stops.
    const path = `/api/v1/gate/changes?after=${after}&mark=${encodeURIComponent(mark)}&waitMs=4000`;
    const question = { method: 'GET', path, headers, agent: this.#kept };
    while (!this.#isOver) {
      if ((await this.#count('GET changes, waiting', question)) === null) await pause(200);
    }
  }

  /** Null for what failed, which is noted. */
  async #count(kind: string, question: Question): Promise<Reply | null> {
    this.#sent += 1;
    this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
    try {
      const reply = await ask(this.#world.port, question);
      if (reply.status >= 200 && reply.status < 300) return reply;
      this.#fail(`${kind}: ${reply.status} ${reply.text.slice(0, 200)}`);
    } catch (error) {
      this.#fail(`${kind}: ${String(error)}`);
    }
    return null;
  }

  #fail(what: string): void {
    this.#failures.push(what);
    this.#failedAtMs.push(Date.now());
  }
}
