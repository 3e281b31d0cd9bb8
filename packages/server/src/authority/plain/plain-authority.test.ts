import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  createSimControls,
  defaultSimSecret,
  durationMs,
  manualClock,
  type SeedRecordsInput,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { afterEach, describe, expect, test } from 'vitest';
import { describeAuthorityConformance } from '../testing/conformance.ts';
import { type AuthorityStart, type AuthorityUnderTest, firstFiling, verdictAfter } from '../testing/harness.ts';
import { createPlainAuthority } from './plain-authority.ts';

describeAuthorityConformance('the plain adapter', (start) => (start.ownProcess ? startAlone(start) : startHere(start)));

async function startHere({ calm, seed, startAt, records }: AuthorityStart): Promise<AuthorityUnderTest> {
  const sim = await startAuthoritySim({
    calm,
    seed,
    clock: manualClock(startAt),
    verdictAfterMs: durationMs(verdictAfter),
    ...(records === undefined ? {} : { seedRecords: records as SeedRecordsInput }),
  });
  return {
    authority: createPlainAuthority({ url: sim.url, secret: defaultSimSecret }),
    levers: createSimControls(sim.url),
    killAndRestart: () => Promise.reject(new Error('this one lives in the test’s own process')),
    close: () => sim.close(),
  };
}

/** The simulator as people run it: the command, in a process of its own, with a data directory. */
async function startAlone({ calm, seed, startAt }: AuthorityStart): Promise<AuthorityUnderTest> {
  const dataDir = mkdtempSync(join(tmpdir(), 'authority-sim-'));
  const main = fileURLToPath(new URL('../../../../cli/src/main.ts', import.meta.url));
  const args = ['authority-sim', '--data', dataDir, '--seed', String(seed)];
  const env = { ...process.env, OPENBEIAN_AUTHORITY_SIM_SECRET: 'other-secret' };
  const boot = async () => {
    const clock = ['--verdict-after', verdictAfter, '--manual-clock', startAt];
    const child = spawn(process.execPath, [main, ...args, ...clock, ...(calm ? ['--calm'] : [])], { env });
    const url = await readUrl(child);
    const authority = createPlainAuthority({ url, secret: 'other-secret' });
    return { child, authority, levers: createSimControls(url) };
  };
  let booted = await boot();
  const kill = async () => {
    const gone = once(booted.child, 'exit');
    booted.child.kill('SIGKILL');
    await gone;
  };
  return {
    get authority() {
      return booted.authority;
    },
    get levers() {
      return booted.levers;
    },
    async killAndRestart() {
      await kill();
      booted = await boot();
    },
    async close() {
      await kill();
      rmSync(dataDir, { recursive: true });
    },
  };
}

function readUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: unknown) => {
      said += String(chunk);
      const url = /http:\/\/127\.0\.0\.1:\d+(?=\n)/.exec(said)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', () => reject(new Error(`the simulator did not start: ${said}`)));
  });
}

test('each person’s SMS is told: wrong codes, sent again until it cannot be, confirmed while the other is missing', async () => {
  const sim = await startAuthoritySim({ calm: true });
  try {
    const authority = createPlainAuthority({ url: sim.url, secret: defaultSimSecret });
    const levers = createSimControls(sim.url);
    const submission = firstFiling(1);
    await authority.submit(submission);
    const { mobile, certificateNumber } = submission.subject.principal;
    const lastSix = certificateNumber.slice(-6);
    const code = (await levers.listPhone()).find((text) => text.mobile === mobile)?.code ?? '';
    await levers.confirmSms(mobile, code, '000000');
    expect(await levers.resendSms(mobile, '000000')).toBe('wrong');
    for (let time = 0; time < 3; time += 1) expect(await levers.resendSms(mobile, lastSix)).toBe('sent');
    await levers.confirmSms(mobile, code, lastSix);
    expect(await levers.resendSms(mobile, lastSix)).toBe('nothing_waiting');
    const other = submission.service.principal;
    for (let time = 0; time < 3; time += 1) await levers.resendSms(other.mobile, other.certificateNumber.slice(-6));
    const own = ({ people }: { readonly people: readonly string[] }) => people.includes('subject_principal');
    const messages = await authority.fetchMessages(20);
    const told = messages.filter((message) => message.kind === 'sms_progress').filter(own);
    expect(told.map((one) => [one.people, one.state, one.code, one.resends, one.wrongCodes])).toEqual([
      [['subject_principal'], 'sent', '2', 0, 1],
      [['subject_principal'], 'sent', '101', 1, 1],
      [['subject_principal'], 'sent', '101', 2, 1],
      [['subject_principal'], 'sent', '101', 3, 1],
      [['subject_principal'], 'confirmed', '31', 3, 1],
    ]);
    // Once more than it may: the filing comes back.
    expect(await levers.resendSms(other.mobile, other.certificateNumber.slice(-6))).toBe('limit');
    expect((await authority.fetchMessages(20)).at(-1)?.kind).toBe('sms_failed');
  } finally {
    await sim.close();
  }
});

describe('an authority that does not answer as it should', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
    server = undefined;
  });

  async function against(listener: RequestListener, options: { timeoutMs?: number; answerLimitBytes?: number } = {}) {
    server = createServer(listener);
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { authority: createPlainAuthority({ url: `${url}/below/`, secret: 's', ...options }) };
  }
  const answering = (status: number, body: unknown) =>
    against((_request, response) => response.writeHead(status).end(JSON.stringify(body)));

  test.each([500, 502, 503, 504, 408, 429])('%i is worth another try', async (status) => {
    const { authority } = await answering(status, {});
    await expect(authority.submit(firstFiling(1))).rejects.toMatchObject({ code: 'authority.unreachable' });
  });

  test.each([400, 401, 403, 404, 409, 413, 422])('%i is not', async (status) => {
    const { authority } = await answering(status, { places: [{ path: 'service.name', expected: 'a name' }] });
    await expect(authority.submit(firstFiling(1))).rejects.toMatchObject({
      code: 'authority.refused',
      extras: { places: [{ path: 'service.name', expected: 'a name' }] },
    });
  });

  test('a time-out counts to the last byte of the answer', async () => {
    const silent = await against(() => {}, { timeoutMs: 50 });
    await expect(silent.authority.fetchMessages(1)).rejects.toMatchObject({ code: 'authority.unreachable' });
    server?.closeAllConnections();
    server?.close();
    const stuck = await against((_request, response) => response.writeHead(200).write('{"messages":'), {
      timeoutMs: 50,
    });
    await expect(stuck.authority.fetchMessages(1)).rejects.toMatchObject({ code: 'authority.unreachable' });
  });

  test('nobody there, an answer that breaks off, a redirect: try again', async () => {
    const nobody = createPlainAuthority({ url: 'http://127.0.0.1:1', secret: 's' });
    await expect(nobody.acknowledge('m')).rejects.toMatchObject({ code: 'authority.unreachable' });
    const broken = await against((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{');
      response.destroy();
    });
    await expect(broken.authority.fetchMessages(1)).rejects.toMatchObject({ code: 'authority.unreachable' });
    server?.close();
    const elsewhere = await against((_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    await expect(elsewhere.authority.fetchMessages(1)).rejects.toMatchObject({ code: 'authority.unreachable' });
  });

  test('success in a shape that cannot be read is refused, without quoting it', async () => {
    const { authority } = await against((_request, response) => response.end('<html>13800138000'));
    const error = await authority.submit(firstFiling(1)).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: 'authority.refused' });
    expect(String(error)).not.toContain('13800138000');
    const { authority: other } = await answering(200, { submissionId: 'x', receipt: 7 });
    await expect(other.submit(firstFiling(1))).rejects.toMatchObject({ code: 'authority.refused' });
  });

  test('an answer without end is not read on, whatever its status', async () => {
    for (const status of [200, 400]) {
      let sent = 0;
      const { authority } = await against(
        (_request, response) => {
          response.writeHead(status);
          const pour = () => {
            while (!response.destroyed && response.write('x'.repeat(65_536))) sent += 65_536;
          };
          response.on('drain', pour);
          pour();
        },
        { answerLimitBytes: 100_000, timeoutMs: 10_000 },
      );
      const error = await authority.fetchMessages(1).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code: 'authority.refused' });
      expect(String(error)).toContain('100000 bytes');
      // What the sockets hold is all that left.
      expect(sent).toBeLessThan(50_000_000);
      server?.closeAllConnections();
      server?.close();
    }
  });

  test('new keys are ignored; a message of an unknown kind is given raw, one without an id under its content, neither holds up another', async () => {
    const head = { submissionId: 's', sentAt: '2026-11-21T01:30:00Z' };
    const known = { ...head, kind: 'sms_confirmed', messageId: 'm2' };
    const unknown = { ...head, kind: 'sent_by_pigeon', messageId: 'm1' };
    const withoutId = { ...head, kind: 'sent_by_pigeon', messageId: 7 };
    const mixed = await answering(200, { messages: [unknown, { ...known, colour: 'red' }, withoutId], more: true });
    const places = [expect.objectContaining({ path: 'messages[0].kind' })];
    const raw = JSON.stringify(unknown);
    expect(await mixed.authority.fetchMessages(10)).toEqual([
      { kind: 'unreadable', messageId: 'm1', raw, places },
      known,
      {
        kind: 'unreadable',
        messageId: expect.stringMatching(/^content-[0-9a-f]{32}$/),
        withoutId: true,
        raw: JSON.stringify(withoutId),
        places: [expect.objectContaining({ path: 'messages[2].kind' })],
      },
    ]);
    expect(mixed.authority.readMessage(raw)).toBeNull();
    expect(mixed.authority.readMessage('{')).toBeNull();
    expect(mixed.authority.readMessage(JSON.stringify(known))).toEqual(known);
  });

  test('a message of which nothing can be compared holds up no other, and a status or receipt of that kind is refused', async () => {
    const head = { kind: 'sms_confirmed', submissionId: 's', sentAt: '2026-11-21T01:30:00Z' };
    const good = { ...head, messageId: 'm2' };
    const hostile = { length: { toString: 1, valueOf: 1 } };
    const { authority } = await answering(200, {
      messages: [{ ...head, messageId: hostile }, { ...head, messageId: 'm1', submissionId: hostile }, good],
      receipt: hostile,
      filed: hostile,
      subjectNumber: hostile,
    });
    expect(await authority.fetchMessages(10)).toEqual([
      expect.objectContaining({ kind: 'unreadable', withoutId: true }),
      expect.objectContaining({ kind: 'unreadable', messageId: 'm1' }),
      good,
    ]);
    const asked = authority.findStatus({ by: 'domain_name', domainName: 'a.cn' });
    await expect(asked).rejects.toMatchObject({ code: 'authority.refused' });
    expect(authority.readMessage(JSON.stringify({ ...head, messageId: hostile }))).toBeNull();
  });

  test('messages that cannot be acknowledged do not fill the window, however many come again', async () => {
    const head = { submissionId: 's', sentAt: '2026-11-21T01:30:00Z' };
    const lost = Array.from({ length: 45 }, (_, n) => ({ ...head, kind: 'sms_confirmed', messageId: n }));
    const good = Array.from({ length: 30 }, (_, n) => ({ ...head, kind: 'sms_confirmed', messageId: `m${n}` }));
    const asked: number[] = [];
    const { authority } = await against((request, response) => {
      const limit = Number(new URL(request.url ?? '', 'http://x').searchParams.get('limit'));
      asked.push(limit);
      response.end(JSON.stringify({ messages: [...lost, ...good].slice(0, limit) }));
    });
    const messages = await authority.fetchMessages(20);
    expect(messages.filter(({ kind }) => kind !== 'unreadable')).toEqual(good.slice(0, 20));
    expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(65);
    expect(asked).toEqual([20, 40, 60, 65]);
  });

  test.each([
    ['with a NUL', 'm\0'],
    ['with half a character', 'm\ud800'],
    ['longer than any row is called', 'm'.repeat(201)],
    ['by which its acknowledgement would go to another address', '..'],
  ])(
    'an id %s is none that a row could have: its message is given raw, the next one as it is',
    async (_what, messageId) => {
      const head = { kind: 'sms_confirmed', submissionId: 's', sentAt: '2026-11-21T01:30:00Z' };
      const good = { ...head, messageId: 'm2' };
      const { authority } = await answering(200, { messages: [{ ...head, messageId }, good] });
      expect(await authority.fetchMessages(10)).toEqual([
        expect.objectContaining({ kind: 'unreadable', withoutId: true, messageId: expect.stringMatching(/^content-/) }),
        good,
      ]);
    },
  );

  test('the secret and the path of the configured address are used', async () => {
    const seen: unknown[] = [];
    const { authority } = await against((request, response) => {
      seen.push([request.method, request.url, request.headers.authorization]);
      response.writeHead(204).end();
    });
    await authority.acknowledge('a/b');
    expect(seen).toEqual([['POST', '/below/plain/v1/messages/a%2Fb/acknowledgement', 'Bearer s']]);
    const sim = await startAuthoritySim({ calm: true });
    const stranger = createPlainAuthority({ url: sim.url, secret: 'guessed' });
    await expect(stranger.submit(firstFiling(1))).rejects.toMatchObject({ code: 'authority.refused' });
    await sim.close();
  });
});
