import { isFault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import type { AuthoritySubmission } from '../../ports/authority.ts';
import {
  firstFiling,
  lastSixFor,
  onSubmissions,
  runToVerdict,
  type StartAuthority,
  takeMessages,
  textsOf,
} from './harness.ts';

/** `kill -9` in the middle: whatever was acknowledged is kept, and everything that was under way goes on. */
export function describeCrash(using: (options: { ownProcess: true }) => ReturnType<StartAuthority>): void {
  describe('killed and started again', () => {
    test('every step of a filing survives: receipt, codes, tries, confirmations, acknowledgements, verdict', async () => {
      const run = await using({ ownProcess: true });
      const submission = firstFiling(1);
      const receipt = await run.authority.submit(submission);
      await run.killAndRestart();
      expect(await run.authority.submit(submission)).toEqual(receipt);
      const texts = await textsOf(run.levers, submission);
      const [one, two] = texts;
      if (!one || !two) throw new Error('two texts');
      for (let i = 0; i < 4; i += 1) await run.levers.confirmSms(one.mobile, '', '');
      const [requested] = await run.authority.fetchMessages(10);
      await run.killAndRestart();

      expect(await textsOf(run.levers, submission)).toEqual(texts);
      expect(onSubmissions(await run.authority.fetchMessages(10))).toEqual([requested]);
      await run.authority.acknowledge(requested?.messageId ?? '');
      await run.levers.confirmSms(two.mobile, two.code ?? '', lastSixFor(submission, two.mobile));
      await run.killAndRestart();

      expect(onSubmissions(await run.authority.fetchMessages(10))).toEqual([]);
      const answer = await run.levers.confirmSms(one.mobile, one.code ?? '', lastSixFor(submission, one.mobile));
      expect(answer).toMatchObject({ outcome: 'confirmed', othersWaiting: 0 });
      await run.killAndRestart();
      await run.levers.advanceClock('PT10S');
      await run.killAndRestart();
      const messages = await takeMessages(run);
      expect(onSubmissions(messages).map((message) => message.kind)).toEqual(['sms_confirmed', 'approved']);
      await run.killAndRestart();

      expect(await run.authority.fetchMessages(10)).toEqual([]);
      // The register goes on counting where it stopped.
      expect(await runToVerdict(run, firstFiling(3))).toMatchObject({ serviceNumber: '粤ICP备2026000124号-1' });
    }, 120_000);

    test('a fifth wrong try after the restart still closes the filing', async () => {
      const run = await using({ ownProcess: true });
      const submission = firstFiling(1);
      await run.authority.submit(submission);
      const [text] = await textsOf(run.levers, submission);
      for (let i = 0; i < 4; i += 1) await run.levers.confirmSms(text?.mobile ?? '', '', '');
      await run.killAndRestart();
      expect((await run.levers.confirmSms(text?.mobile ?? '', '', '')).outcome).toBe('too_many_attempts');
    }, 120_000);

    test('under load: every receipt that was given holds, and handing over again spends nothing twice', async () => {
      const run = await using({ ownProcess: true });
      const sent: AuthoritySubmission[] = [];
      const receipts = new Map<string, string>();
      const twentyGiven = Promise.withResolvers<void>();
      const { authority } = run;
      const sendUntilItDies = async () => {
        for (;;) {
          const submission = firstFiling(sent.length * 2 + 1);
          sent.push(submission);
          try {
            receipts.set(submission.id, (await authority.submit(submission)).receipt);
          } catch (error) {
            // Under way when it died: no answer came, so either outcome is right.
            if (isFault(error, 'authority.unreachable')) return;
            throw error;
          }
          if (receipts.size === 20) twentyGiven.resolve();
        }
      };
      const senders = Array.from({ length: 8 }, sendUntilItDies);
      await twentyGiven.promise;
      await run.killAndRestart();
      await Promise.all(senders);
      expect(sent.length - receipts.size).toBe(senders.length);

      for (const submission of sent) {
        const { receipt } = await run.authority.submit(submission);
        expect(receipts.get(submission.id) ?? receipt).toBe(receipt);
        receipts.set(submission.id, receipt);
      }
      expect(new Set(receipts.values()).size).toBe(sent.length);
      const requested = (await takeMessages(run)).filter((message) => message.kind === 'sms_requested');
      expect(requested.map((message) => message.submissionId).sort()).toEqual(sent.map(({ id }) => id).sort());
    }, 120_000);
  });
}
