import { isFault } from '@openbeian/model/fault';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { createHttpVerifier, noVerifier } from './http-verifier.ts';
import { messageOf, serviceSecret, startVerificationService } from './testing/verification-service.ts';

const at = '2026-11-21T02:00:00.000Z';
const service = await startVerificationService(() => at);
afterAll(() => service.close());
afterEach(() => service.answerWith(null));
const { verifier } = service;
const person = { name: '王五', certificateType: 'resident_id', certificateNumber: '440106198502020026' };
const question = { reference: 'ver_1', person, way: 'electronic' } as const;
const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFault(error) ? error.code : String(error)),
  );

describe('what is asked', () => {
  test('a start names person, reference and where the result goes, and gives link and time', async () => {
    expect(await verifier.start(question)).toEqual({
      outsideId: 'out_1',
      link: 'https://verify.example/out_1',
      linkUntil: '2026-11-21T04:00:00.000Z',
    });
    const resultUrl = 'https://filing.example/hooks/verification-results';
    expect(service.started.at(-1)).toEqual({ ...question, resultUrl });
  });

  test('the result is asked for: nothing yet, then what came of it; a reason that is not known is another one', async () => {
    expect(await verifier.ask('out_1')).toBeNull();
    service.results.set('out_1', {
      outcome: 'failed',
      resultId: 'r1',
      at: '2026-11-21T10:30:00+08:00',
      reason: 'eclipse',
    });
    expect(await verifier.ask('out_1')).toEqual({
      resultId: 'r1',
      outcome: 'failed',
      at: '2026-11-21T02:30:00.000Z',
      reason: 'other',
    });
    service.results.set('out_1', { outcome: 'passed', resultId: 'r2', at });
    expect(await verifier.ask('out_1')).toMatchObject({ outcome: 'passed', reason: null });
  });

  test.each([
    ['an error', { status: 500, text: '{}' }],
    ['a redirect, which is not followed', { status: 307, text: '' }],
    ['what is not JSON', { text: 'down for maintenance' }],
    ['a link of another kind', { text: '{"verificationId":"x","link":"javascript:alert(1)"}' }],
    ['more than an answer has', { text: `{"verificationId":"${'x'.repeat(20_000)}"}` }],
  ])('%s is a service that cannot be reached', async (_, said) => {
    service.answerWith(() => said);
    expect(await outcomeOf(verifier.start(question))).toBe('verification.unreachable');
  });

  test('so is one that is not there, or has another secret; the fault names nobody', async () => {
    const options = { secret: serviceSecret, timeoutMs: 500, resultUrl: null, now: () => at };
    const away = createHttpVerifier({ ...options, url: 'http://127.0.0.1:9' });
    const error = await away.start(question).catch((thrown: unknown) => thrown);
    expect(isFault(error, 'verification.unreachable')).toBe(true);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain('440106198502020026');
    const stranger = createHttpVerifier({ ...options, url: service.url, secret: 'another-secret-of-nobody' });
    expect(await outcomeOf(stranger.start(question))).toBe('verification.unreachable');
  });
});

describe('what comes', () => {
  const result = { reference: 'ver_1', resultId: 'r1', outcome: 'passed', at };
  test('is read where it is signed with the secret, lately, over the bytes as they are', () => {
    const message = messageOf(result, { at });
    expect(verifier.read(message, at)).toEqual({ ...result, reason: null });
    const changed = Buffer.from(message.body.toString('utf8').replace('passed', 'failed'));
    expect(verifier.read({ ...message, body: changed }, at)).toBeNull();
    expect(verifier.read({ ...message, id: 'msg_2' }, at)).toBeNull();
    expect(verifier.read(messageOf(result, { at, secret: 'another-secret-of-nobody' }), at)).toBeNull();
    // Five minutes either way; a time that is not one is none.
    for (const then of ['2026-11-21T01:54:59.000Z', '2026-11-21T02:05:01.000Z'])
      expect(verifier.read(messageOf(result, { at: then }), at)).toBeNull();
    expect(verifier.read(messageOf(result, { at: '2026-11-21T01:55:01.000Z' }), at)).not.toBeNull();
    expect(verifier.read({ ...message, timestamp: 'now' }, at)).toBeNull();
    // While a secret is replaced there are two signatures.
    const both = `v1,${Buffer.from('other').toString('base64')} ${message.signature}`;
    expect(verifier.read({ ...message, signature: both }, at)).not.toBeNull();
  });

  test.each([
    ['no outcome', { ...result, outcome: 'perhaps' }],
    ['no time', { ...result, at: 'yesterday' }],
    ['nothing', {}],
  ])('%s is no result', (_, said) => {
    expect(verifier.read(messageOf(said, { at }), at)).toBeNull();
  });
});

test('without a service nobody is asked and nothing is believed', async () => {
  expect(await outcomeOf(noVerifier.start(question))).toBe('verification.unreachable');
  expect(await noVerifier.ask('out_1')).toBeNull();
  expect(noVerifier.read(messageOf({}, { at }), at)).toBeNull();
});
