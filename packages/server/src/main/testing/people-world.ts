import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type Client, createClient, createCookieJar, ProblemError } from '@openbeian/contract/client';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { createUser } from '../../auth/users.ts';
import { mailPeople } from '../../flows/person/mail-people.ts';
import { createLogger } from '../../http/log.ts';
import { type ConfigInput, parseConfig } from '../config.ts';
import { type Deployment, openDeployment } from '../deployment.ts';
import { listen } from '../server.ts';

export const goodPassword = 'seven quiet herons at noon';

/** A browser: its own cookies. */
interface Visitor {
  readonly client: Client;
  readonly cookies: ReturnType<typeof createCookieJar>;
}

export interface PeopleWorld {
  readonly deployment: Deployment;
  readonly url: string;
  /** The real time of this world; tests move it. */
  readonly wall: { nowMs: number };
  visitor(headers?: Record<string, string>): Visitor;
  /** A new person with `goodPassword`; its login. */
  person(role: 'customer' | 'reviewer' | 'operator' | 'auditor', login?: string): Promise<string>;
  signedIn(login: string): Promise<Visitor>;
  /** What a call is refused with; `none` when it is not. */
  refusal(call: Promise<unknown>): Promise<string>;
  rows<Row>(text: string): Promise<Row[]>;
  audit(objectId: string): Promise<{ action: string; address: string | null; session_id: string | null }[]>;
  /** What the worker mails now: to whom, and the link. */
  mails(): Promise<{ to: string; text: string; link: string }[]>;
  close(): Promise<void>;
}

/** A whole deployment in memory with a server, a mail server and a clock of the test's own. */
export async function openPeopleWorld(some: Partial<ConfigInput> = {}): Promise<PeopleWorld> {
  const got: { to: string; text: string; link: string }[] = [];
  const smtp = await openMailServer(got);
  const { http, ...others } = some;
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    mail: {
      host: '127.0.0.1',
      port: (smtp.server.address() as AddressInfo).port,
      security: 'none',
      from: 'beian@xingyun.example',
    },
    signIn: { portalTokens: ['portal-token-of-the-test'] },
    ...others,
    // All of a test's people come from one address.
    http: { port: 0, ...http, limits: { costPerAddress: { limit: 1e6, windowSeconds: 60 }, ...http?.limits } },
  });
  const wall = { nowMs: Date.now() };
  const deployment = await openDeployment(config, {
    inMemory: true,
    wall: { now: () => new Date(wall.nowMs).toISOString() },
    logger: createLogger('silent'),
  });
  const server = await listen(deployment, null);
  return {
    ...peopleOf(deployment, server.url),
    wall,
    async mails() {
      got.length = 0;
      await mailPeople(deployment.deps);
      return [...got];
    },
    async close() {
      await server.close();
      await deployment.close();
      await new Promise<void>((resolve) => smtp.close(() => resolve()));
    },
  };
}

function peopleOf(deployment: Deployment, url: string): Omit<PeopleWorld, 'wall' | 'mails' | 'close'> {
  const rows = async <Row>(text: string) => (await sql.raw<Row>(text).execute(deployment.open.kysely)).rows;
  const world: Omit<PeopleWorld, 'wall' | 'mails' | 'close'> = {
    deployment,
    url,
    visitor(headers = {}) {
      const cookies = createCookieJar();
      const send: typeof fetch = (input, init) =>
        fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), ...headers } });
      return { cookies, client: createClient({ baseUrl: url, cookies, fetch: send }) };
    },
    async person(role, login = `${role}-${randomUUID().slice(0, 8)}`) {
      const accountId = role === 'customer' ? `acct-${login}` : null;
      if (accountId !== null) {
        const account = { id: accountId, realName: 'enterprise', displayName: '' };
        await deployment.deps.store.transaction((tx) => tx.accounts.put(account, new Date().toISOString()));
      }
      await createUser(await deployment.library(), {
        login,
        password: goodPassword,
        displayName: '陈',
        role,
        accountId,
      });
      return login;
    },
    async signedIn(login) {
      const visitor = world.visitor();
      await visitor.client.signIn({ body: { login, password: goodPassword } });
      return visitor;
    },
    refusal: (call) =>
      call.then(
        () => 'none',
        (error: unknown) => (error instanceof ProblemError ? error.code : Promise.reject(error)),
      ),
    rows,
    audit: (objectId) =>
      rows(`SELECT action, address, session_id FROM audit WHERE object_id = '${objectId}' ORDER BY at, id`),
  };
  return world;
}

async function openMailServer(got: { to: string; text: string; link: string }[]): Promise<SMTPServer> {
  const smtp = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const [, ...body] = Buffer.concat(chunks).toString('utf8').split('\r\n\r\n');
        const text = Buffer.from(body.join(''), 'base64').toString('utf8');
        const link = /#([\w-]{43})/.exec(text)?.[1] ?? '';
        for (const { address } of envelope.rcptTo) got.push({ to: address, text, link });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve));
  return smtp;
}
