import type { AddressInfo } from 'node:net';
import { addDays, dayOf } from '@openbeian/model/calendar';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import { createSmtpNotifier } from '../outbound/smtp-notifier.ts';
import { describeOnBoth, failTest, type RuleWorld } from './testing/rule-world.ts';

/** A real SMTP server on this machine; it keeps what it takes, and fails when it is told to. */
const got: { to: string; from: string; text: string; id: string }[] = [];
let failing = false;
const smtp = new SMTPServer({
  authOptional: false,
  allowInsecureAuth: true,
  hideSTARTTLS: true,
  onAuth: ({ username, password }, _session, done) =>
    username === 'beian' && password === 'of the relay' ? done(null, { user: username }) : done(new Error('no')),
  onRcptTo: (_address, _session, done) =>
    failing ? done(Object.assign(new Error('later'), { responseCode: 451 })) : done(),
  onData: (stream, { envelope }, done) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
      const id = /^Message-ID: (.+)$/im.exec(raw)?.[1] ?? '';
      const [head = '', ...body] = raw.split('\r\n\r\n');
      const plain = Buffer.from(body.join(''), 'base64').toString('utf8');
      for (const { address } of envelope.rcptTo) got.push({ to: address, from, id, text: `${head}\n${plain}` });
      done();
    });
  },
});
beforeAll(() => new Promise<void>((resolve) => void smtp.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())));
beforeEach(() => {
  got.length = 0;
  failing = false;
});
const notifier = (password = 'of the relay') => {
  const { port } = smtp.server.address() as AddressInfo;
  return createSmtpNotifier({
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'beian',
    password,
    from: 'beian@xingyun.example',
    timeoutMs: 5000,
    senderName: '星云备案',
    signature: '星云备案 / Xingyun Filing\n客服 400-000-0000 / Support 400-000-0000',
  });
};
const dayMs = 86_400_000;
const minuteMs = 60_000;

await describeOnBoth('notices by mail', (get) => {
  const deps = (world: RuleWorld, by = notifier()) => ({
    ...world.deps,
    notifier: by,
    publicUrl: 'https://beian.example',
  });
  /** What the worker does, until nothing is left. */
  const rest = async (world: RuleWorld, by = notifier()) => {
    for (let round = 0; round < 50; round += 1) {
      const done = (await relayEvents(world.deps, failTest)) + (await keepCodeClock(world.deps, failTest));
      if (done + (await mailNotices(deps(world, by))) === 0) return;
    }
    throw new Error('it does not come to rest');
  };
  const mailsTo = (address: string) => got.filter(({ to }) => to === address);
  const accountWithCode = async (world: RuleWorld, days: number, addresses: string[]) => {
    const account = await world.account();
    // tencent/cvm wants 30 days left.
    const expiresAt = addDays(dayOf(new Date(world.clock.nowMs).toISOString()), days + 29);
    const resourceId = await world.server(account, 'tencent', 'cvm', { expiresAt });
    await world.flows.putNoticeMail(world.call(account), { addresses });
    const { clear } = await world.issue(account, resourceId, account);
    return { account, resourceId, clear };
  };

  test('30, 14, 7 and 1 days before a code stops, to every address, once, in both languages, without the code', async () => {
    const world = get();
    const addresses = ['ops@customer.example', 'icp@customer.example'];
    const { account, resourceId, clear } = await accountWithCode(world, 35, addresses);
    expect(await world.flows.getNoticeMail(world.call(account))).toEqual({ enabled: false, addresses });
    const days: unknown[] = [];
    for (let day = 1; day <= 34; day += 1) {
      world.clock.nowMs += dayMs;
      await rest(world);
      world.clock.nowMs += 3 * minuteMs;
      await rest(world);
      if (got.length > 0) days.push([35 - day, got.splice(0)]);
    }
    expect(days.map((entry) => (entry as [number])[0])).toEqual([30, 14, 7, 1]);
    const ids = new Set<string>();
    for (const [left, mails] of days as [number, typeof got][]) {
      expect(mails.map(({ to }) => to).sort()).toEqual(addresses.toSorted());
      for (const mail of mails) {
        ids.add(mail.id);
        expect(mail.from).toBe('beian@xingyun.example');
        expect(mail.text).toContain(`${resourceId} 上的 1 个授权码`);
        expect(mail.text).toContain(`${left} ${left === 1 ? 'day' : 'days'} after this notice`);
        expect(mail.text).toContain('https://beian.example');
        expect(mail.text).not.toContain(clear);
        expect(mail.text).not.toContain(clear.slice(-4));
      }
    }
    expect(ids.size).toBe(8);
  });

  test('a server that fails is asked again later under the same id, and a mail is given up in the end', async () => {
    const world = get();
    const { account } = await accountWithCode(world, 35, ['late@customer.example']);
    world.clock.nowMs += 5 * dayMs + 3 * minuteMs;
    failing = true;
    await rest(world);
    world.clock.nowMs += 3 * minuteMs;
    await rest(world);
    expect(mailsTo('late@customer.example')).toEqual([]);
    failing = false;
    await rest(world);
    expect(mailsTo('late@customer.example')).toEqual([]); // Not before its time.
    world.clock.nowMs += 2 * minuteMs;
    await rest(world, notifier('a wrong password'));
    expect(mailsTo('late@customer.example')).toEqual([]);
    world.clock.nowMs += 6 * minuteMs;
    await rest(world);
    expect(mailsTo('late@customer.example')).toHaveLength(1);
    world.clock.nowMs += dayMs;
    await rest(world);
    expect(mailsTo('late@customer.example')).toHaveLength(1);

    const other = await accountWithCode(world, 35, ['gone@customer.example']);
    world.clock.nowMs += 5 * dayMs;
    failing = true;
    for (let turn = 0; turn < 12; turn += 1) {
      await rest(world);
      world.clock.nowMs += 13 * 60 * minuteMs;
    }
    failing = false;
    await rest(world);
    expect(mailsTo('gone@customer.example')).toHaveLength(0);
    // The console tells it whatever became of the mail.
    const { notices } = await world.flows.listNotices(world.call(other.account), { unread: 'true', limit: 9 });
    expect(notices.map(({ type }) => type)).toContain('CodeStopping');
    await world.flows.putNoticeMail(world.call(account), { addresses: [] });
    expect(await world.flows.getNoticeMail(world.call(account))).toEqual({ enabled: false, addresses: [] });
  });
});

test('a server that cannot show a valid certificate is sent nothing', async () => {
  const { port } = smtp.server.address() as AddressInfo;
  const strict = createSmtpNotifier({
    host: '127.0.0.1',
    port,
    security: 'starttls',
    user: 'beian',
    password: 'of the relay',
    from: 'beian@xingyun.example',
    timeoutMs: 2000,
    senderName: null,
    signature: null,
  });
  const mail = { id: 'ntc_1', to: 'strict@customer.example', subject: 's', text: 't' };
  await expect(strict.send(mail)).rejects.toThrow(/certificate/);
  expect(got).toEqual([]);
});

test('every mail comes from the name of the console, and ends with whom to ask', async () => {
  await notifier().send({ id: 'ntc_2', to: 'signed@customer.example', subject: 's', text: 'body\n' });
  const [head = '', body = ''] = (got[0]?.text ?? '').split(/\r?\n\r?\n/, 1).concat(got[0]?.text ?? '');
  expect(head).toMatch(/^From: =\?UTF-8\?.*<beian@xingyun\.example>$/im);
  expect(body).toMatch(/body\n\n-- \n星云备案 \/ Xingyun Filing\n客服 400-000-0000 \/ Support 400-000-0000\n?$/);
});
