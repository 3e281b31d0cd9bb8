import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createGuardedGet } from '../guarded-get.ts';
import { createDnsLookUp } from './dns.ts';
import { createHomePage } from './home-page.ts';
import { createRdap } from './rdap.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  for (const socket of sockets) socket.close();
});
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
}

const at = '2026-11-21T02:00:00Z';
const now = () => at;
const isAllowed = (address: string) => address === '127.0.0.1';
const get = createGuardedGet({ timeoutMs: 2_000, userAgent: 'test', answerLimitBytes: 4_096, isAllowed });
const question = { domainName: 'example.cn', subjectName: '示例科技有限公司', isFiled: false, ranges: [] };

describe('RDAP (RFC 9082, 9083, 9224)', () => {
  const card = (...properties: unknown[][]) => ['vcard', [['version', {}, 'text', '4.0'], ...properties]];
  const registered = {
    rdapConformance: ['rdap_level_0'],
    objectClassName: 'domain',
    ldhName: 'EXAMPLE.CN',
    status: ['active'],
    events: [
      { eventAction: 'registration', eventDate: '2020-01-31T00:00:00Z' },
      { eventAction: 'expiration', eventDate: '2026-12-21T00:00:00Z' },
      { eventAction: 'last update of RDAP database', eventDate: '2026-11-21T00:00:00Z' },
    ],
    entities: [
      { objectClassName: 'entity', roles: ['registrant'], vcardArray: card(['fn', {}, 'text', '示例科技有限公司']) },
      { roles: ['registrar'], vcardArray: card(['adr', {}, 'text', ['', '', '', '', '', '', 'CN']]) },
    ],
  };
  const asking = async (answer: unknown, status = 200) => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(`${request.url} ${request.headers.accept}`);
      response.writeHead(status, { 'content-type': 'application/rdap+json' });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
    const bootstrap = { services: [[['cn'], [`${url}/rdap`]]] as [string[], string[]][] };
    return { asked, answer: await createRdap({ bootstrap, get, now }).ask(question) };
  };

  it('says what the registry said of the name, its holder and its registrar, and when it was asked', async () => {
    const { asked, answer } = await asking(registered);
    expect(asked).toEqual(['/rdap/domain/example.cn application/rdap+json']);
    expect(answer).toMatchObject({ name: 'registration', state: 'answered', askedAt: at });
    expect(answer.facts).toEqual({
      'domain.isRegistered': true,
      'domain.isOnHold': false,
      'domain.daysRegistered': 2486,
      'domain.daysLeft': 30,
      'domain.holder': 'subject',
      'domain.registrarIsDomestic': true,
    });
  });

  it('a name that changed hands is as young as that; a hold is a hold; what is withheld decides nothing', async () => {
    const { answer } = await asking({
      ...registered,
      status: ['server hold'],
      events: [...registered.events, { eventAction: 'transfer', eventDate: '2026-11-20T00:00:00Z' }],
      entities: [{ roles: ['registrant'], vcardArray: card(['fn', {}, 'text', 'REDACTED FOR PRIVACY']) }],
    });
    expect(answer.facts).toEqual({
      'domain.isRegistered': true,
      'domain.isOnHold': true,
      'domain.daysRegistered': 1,
      'domain.daysLeft': 30,
    });
  });

  it('404 is an answer: the name is not registered', async () => {
    const { answer } = await asking({ errorCode: 404 }, 404);
    expect([answer.state, answer.facts]).toEqual(['answered', { 'domain.isRegistered': false }]);
  });

  it.each([
    ['an error', { errorCode: 500 }, 500],
    ['no JSON', '<html>', 200],
    ['another name', { ...registered, ldhName: 'other.cn' }, 200],
    ['another object', { ...registered, objectClassName: 'nameserver' }, 200],
    ['more than is read', { ...registered, notices: 'x'.repeat(5_000) }, 200],
  ])('%s is no answer, and decides nothing', async (_what, body, status) => {
    const { answer } = await asking(body, status);
    expect([answer.state, answer.askedAt, answer.facts]).toEqual(['failed', at, {}]);
  });

  it('a suffix that nobody answers for is not asked about', async () => {
    const bootstrap = { services: [[['com'], ['https://rdap.example/']]] as [string[], string[]][] };
    const answer = await createRdap({ bootstrap, get: () => Promise.reject(new Error('asked')), now }).ask(question);
    expect([answer.state, answer.askedAt, answer.facts]).toEqual(['not_asked', null, {}]);
  });
});

describe('the home page', () => {
  const opening = async (listener: RequestListener, isFiled = false) => {
    const url = await serve(listener);
    return createHomePage({ get, now, urlOf: () => `${url}/` }).ask({ ...question, isFiled });
  };

  it('a site that answers is open; a filed one is in order where it shows a number', async () => {
    const page: RequestListener = (_request, response) => {
      response.end('<footer>粤ICP备2026000123号-1</footer>');
    };
    expect((await opening(page)).facts).toEqual({ 'service.isOpen': true });
    expect((await opening(page, true)).facts).toEqual({ 'filed.areInOrder': true });
    const bare: RequestListener = (_request, response) => {
      response.end('<p>你好</p>');
    };
    expect((await opening(bare, true)).facts).toEqual({ 'filed.areInOrder': false });
  });

  it('a block page, or nobody at the address, is not open', async () => {
    const blocked = await opening((_request, response) => {
      response.writeHead(403).end();
    });
    expect([blocked.state, blocked.facts]).toEqual(['answered', { 'service.isOpen': false }]);
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo; // it listens on a port
    server.close();
    await once(server, 'close');
    const none = await createHomePage({ get, now, urlOf: () => `http://127.0.0.1:${port}/` }).ask(question);
    expect(none.facts).toEqual({ 'service.isOpen': false });
  });

  it('what fails on our own side says nothing of the site', async () => {
    const failing = (error: object) => {
      const resolve = ((_name: string, _options: unknown, done: (error: unknown) => void) => done(error)) as never; // a resolver that fails
      const ours = createGuardedGet({ timeoutMs: 2_000, userAgent: 'test', answerLimitBytes: 4_096, resolve });
      return createHomePage({ get: ours, now }).ask(question);
    };
    const coded = (code: string) => Object.assign(new Error(code), { code });
    const timedOut = Object.assign(new AggregateError([coded('ETIMEDOUT'), coded('ENETUNREACH')]), {
      code: 'ETIMEDOUT',
    });
    const halfRefused = Object.assign(new AggregateError([coded('ECONNREFUSED'), coded('ENETUNREACH')]), {
      code: 'ECONNREFUSED',
    });
    for (const error of [coded('EAI_AGAIN'), coded('ENETUNREACH'), coded('EMFILE'), timedOut, halfRefused]) {
      const { state, facts } = await failing(error);
      expect([error.message, state, facts]).toEqual([error.message, 'failed', {}]);
    }
    expect((await failing(coded('ENOTFOUND'))).facts).toEqual({ 'service.isOpen': false });
  });

  it('a number is found in GBK, too, named by the header or by the page', async () => {
    // 粤ICP备2026000123号-1
    const number = Buffer.concat([
      Buffer.from([0xd4, 0xc1]),
      Buffer.from('ICP'),
      Buffer.from([0xb1, 0xb8]),
      Buffer.from('2026000123'),
      Buffer.from([0xba, 0xc5]),
      Buffer.from('-1'),
    ]);
    const page = (type: string, head = '') => {
      const body = Buffer.concat([Buffer.from(`<html><head>${head}</head><p>`), number]);
      return opening((_request, response) => response.writeHead(200, { 'content-type': type }).end(body), true);
    };
    const inOrder = { 'filed.areInOrder': true };
    expect((await page('text/html; charset=GBK')).facts).toEqual(inOrder);
    expect((await page('text/html', '<meta charset="gb2312">')).facts).toEqual(inOrder);
    const wrong = await page('text/html; charset=nonsense');
    expect([wrong.state, wrong.facts]).toEqual(['answered', { 'filed.areInOrder': false }]);
  });

  it('a number that may stand in what could not be read is not said to be missing', async () => {
    const asked: unknown[] = [];
    const long: RequestListener = (request, response) => {
      asked.push(request.headers['accept-encoding']);
      response.end(`${'<p>'.repeat(2_000)}粤ICP备2026000123号-1`);
    };
    const broken: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('<p>', () => response.destroy());
    };
    const packed: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-encoding': 'br' }).end('x');
    };
    for (const page of [long, broken, packed]) {
      const { state, facts } = await opening(page, true);
      expect([state, facts]).toEqual(['answered', {}]);
      expect((await opening(page)).facts).toEqual({ 'service.isOpen': true });
    }
    expect(asked).toEqual(['identity', 'identity']);
  });

  it('a redirect is followed, and may not lead inside; one without end says nothing', async () => {
    const moved = await opening((request, response) => {
      if (request.url === '/') response.writeHead(302, { location: '/home' }).end();
      else response.end('ok');
    });
    expect(moved.facts).toEqual({ 'service.isOpen': true });
    const inside = await opening((_request, response) => {
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
    });
    expect([inside.state, inside.facts]).toEqual(['failed', {}]);
    const endless = await opening((_request, response) => {
      response.writeHead(302, { location: '/' }).end();
    });
    expect([endless.state, endless.facts]).toEqual(['failed', {}]);
  });
});

describe('DNS', () => {
  /** Answers every question for an IPv4 address with this one; others with nothing, or all with SERVFAIL. */
  async function resolver(address: readonly number[] | null): Promise<string> {
    const socket = createSocket('udp4');
    sockets.push(socket);
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    socket.on('message', (query, { port, address: from }) => {
      let end = 12;
      while (query[end] !== 0) end += (query[end] ?? 0) + 1;
      const asked = query.subarray(12, end + 5);
      const isA = query.readUInt16BE(end + 1) === 1;
      const header = Buffer.from(query.subarray(0, 12));
      header.writeUInt16BE(address === null ? 0x8182 : 0x8180, 2);
      header.writeUInt16BE(address !== null && isA ? 1 : 0, 6);
      header.writeUInt32BE(0, 8);
      const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...(address ?? [])]);
      const answer = address !== null && isA ? [header, asked, record] : [header, asked];
      socket.send(Buffer.concat(answer), port, from);
    });
    return `127.0.0.1:${socket.address().port}`;
  }
  const asking = async (address: readonly number[] | null) =>
    createDnsLookUp({ servers: [await resolver(address)], timeoutMs: 2_000, now }).ask({
      ...question,
      ranges: [{ first: '203.0.113.5', last: '203.0.113.20' }],
    });

  it('compares every address with those that are filed', async () => {
    const within = await asking([203, 0, 113, 12]);
    expect([within.state, within.askedAt, within.facts]).toEqual([
      'answered',
      at,
      { 'filed.resolveToFiledAddress': true },
    ]);
    expect((await asking([203, 0, 113, 100])).facts).toEqual({ 'filed.resolveToFiledAddress': false });
  });

  it('a resolver that fails has said nothing', async () => {
    const failed = await asking(null);
    expect([failed.state, failed.facts]).toEqual(['failed', {}]);
  });
});
