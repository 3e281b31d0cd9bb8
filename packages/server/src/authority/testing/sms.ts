import { describe, expect, test } from 'vitest';
import {
  confirmAll,
  firstFiling,
  lastSixFor,
  onSubmissions,
  principal,
  runToVerdict,
  type StartAuthority,
  takeMessages,
  textsOf,
} from './harness.ts';

/** SMS verification: who is asked, how long, how often; facts in docs/sources.md (24 hours, five wrong tries). */
export function describeSms(using: () => ReturnType<StartAuthority>): void {
  const kindsOf = (messages: readonly { kind: string }[]) => onSubmissions(messages).map((message) => message.kind);

  describe('the SMS verification', () => {
    test('asks both principals of a first filing, and the verdict waits for both', async () => {
      const run = await using();
      const submission = firstFiling(1);
      await run.authority.submit(submission);
      const texts = await textsOf(run.levers, submission);
      expect(texts.map((text) => text.mobile).sort()).toEqual([principal(1).mobile, principal(2).mobile].sort());
      for (const text of texts) expect(text.code).toMatch(/^\d{6}$/);
      const [one, two] = texts;
      if (!one || !two) throw new Error('two texts');
      await run.levers.confirmSms(one.mobile, one.code ?? '', lastSixFor(submission, one.mobile));
      await run.levers.advanceClock('PT1H');
      expect(kindsOf(await takeMessages(run))).toEqual(['sms_requested']);
      await run.levers.confirmSms(two.mobile, two.code ?? '', lastSixFor(submission, two.mobile));
      expect(kindsOf(await takeMessages(run))).toEqual(['sms_confirmed']);
      await run.levers.advanceClock('PT9S');
      expect(await takeMessages(run)).toEqual([]);
      await run.levers.advanceClock('PT1S');
      expect(kindsOf(await takeMessages(run))).toEqual(['approved']);
    });

    test('asks one person once, and for an access filing the service’s principal alone', async () => {
      const run = await using();
      const alone = firstFiling(1, { service: { principal: principal(1) } });
      const approved = await runToVerdict(run, alone);
      expect(await textsOf(run.levers, alone)).toHaveLength(1);
      if (approved.kind !== 'approved') throw new Error(approved.kind);
      const access = firstFiling(1, {
        id: 'exc_access',
        kind: 'access',
        provider: 'yuanshan',
        subject: { number: approved.subjectNumber },
        service: { number: approved.serviceNumber, principal: principal(7) },
      });
      await run.authority.submit(access);
      expect((await textsOf(run.levers, access)).map((text) => text.mobile)).toEqual([principal(7).mobile]);
    });

    test('two principals on one mobile get one SMS, which either’s certificate answers', async () => {
      const run = await using();
      const shared = firstFiling(1, { service: { principal: { ...principal(2), mobile: principal(1).mobile } } });
      await run.authority.submit(shared);
      const [text, ...others] = await textsOf(run.levers, shared);
      expect(others).toEqual([]);
      const lastSix = principal(2).certificateNumber.slice(-6);
      expect(await run.levers.confirmSms(text?.mobile ?? '', text?.code ?? '', lastSix)).toMatchObject({
        outcome: 'confirmed',
      });
    });

    test('can be confirmed until the last second of its 24 hours', async () => {
      const run = await using();
      await run.authority.submit(firstFiling(1));
      await run.levers.advanceClock('PT23H59M59S');
      await confirmAll(run, firstFiling(1));
      await run.levers.advanceClock('PT1H');
      expect(kindsOf(await takeMessages(run))).toEqual(['sms_requested', 'sms_confirmed', 'approved']);
    });

    test('fails after 24 hours, with one confirmation missing too; the codes are dead then', async () => {
      const run = await using();
      const submission = firstFiling(1);
      await run.authority.submit(submission);
      const [one, two] = await textsOf(run.levers, submission);
      if (!one || !two) throw new Error('two texts');
      await run.levers.confirmSms(one.mobile, one.code ?? '', lastSixFor(submission, one.mobile));
      await run.levers.advanceClock('PT24H');
      const late = await run.levers.confirmSms(two.mobile, two.code ?? '', lastSixFor(submission, two.mobile));
      expect(late.outcome).toBe('nothing_waiting');
      const messages = await takeMessages(run);
      expect(kindsOf(messages)).toEqual(['sms_requested', 'sms_failed']);
      expect(messages.at(-1)).toMatchObject({ submissionId: submission.id, cause: 'timed_out' });
      await run.levers.advanceClock('PT24H');
      expect(await takeMessages(run)).toEqual([]);
      // The filing may be handed over again under a new id.
      expect(await runToVerdict(run, { ...submission, id: 'exc_again' })).toMatchObject({ kind: 'approved' });
    });

    test('fails at the fifth wrong try, be it the code or the certificate; four are forgiven', async () => {
      const run = await using();
      const submission = firstFiling(1);
      await run.authority.submit(submission);
      const [text] = await textsOf(run.levers, submission);
      if (!text?.code) throw new Error('a text');
      const lastSix = lastSixFor(submission, text.mobile);
      const wrongCode = text.code === '000000' ? '000001' : '000000';
      for (const [code, digits] of [
        [wrongCode, lastSix],
        [text.code, '000000'],
        [wrongCode, '000000'],
        [text.code, ''],
      ] as const) {
        expect((await run.levers.confirmSms(text.mobile, code, digits)).outcome).toBe('wrong');
      }
      expect(kindsOf(await takeMessages(run))).toEqual(['sms_requested']);
      expect((await run.levers.confirmSms(text.mobile, wrongCode, lastSix)).outcome).toBe('too_many_attempts');
      expect((await run.levers.confirmSms(text.mobile, text.code, lastSix)).outcome).toBe('nothing_waiting');
      expect(onSubmissions(await takeMessages(run))).toMatchObject([
        { kind: 'sms_failed', cause: 'too_many_attempts' },
      ]);

      const careful = firstFiling(3);
      await run.authority.submit(careful);
      const [other] = await textsOf(run.levers, careful);
      for (let i = 0; i < 4; i += 1) await run.levers.confirmSms(other?.mobile ?? '', '', '');
      await confirmAll(run, careful);
      expect(kindsOf(await takeMessages(run))).toEqual(['sms_requested', 'sms_confirmed']);
    });

    test('reads the certificate’s last six in either case', async () => {
      const run = await using();
      const withX = { ...principal(1), certificateType: 'passport', certificateNumber: 'E1234567X' };
      const submission = firstFiling(1, { subject: { principal: withX }, service: { principal: withX } });
      await run.authority.submit(submission);
      const [text] = await textsOf(run.levers, submission);
      const answer = await run.levers.confirmSms(withX.mobile, text?.code ?? '', '34567x');
      expect(answer.outcome).toBe('confirmed');
    });
  });
}
