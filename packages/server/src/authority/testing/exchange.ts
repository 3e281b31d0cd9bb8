import { describe, expect, test } from 'vitest';
import type { AuthorityMessage, AuthoritySubmission } from '../../ports/authority.ts';
import {
  confirmAll,
  fetchReadable,
  firstFiling,
  insist,
  onSubmissions,
  runToVerdict,
  type StartAuthority,
  startAt,
  submissionOf,
  takeMessages,
} from './harness.ts';

/** Handing over, messages until acknowledged, status questions, and what an authority in a bad mood does. */
export function describeExchange(
  using: (options?: { calm?: boolean; seed?: number }) => ReturnType<StartAuthority>,
): void {
  describe('handing over', () => {
    test('is answered with a receipt alone; what becomes of it comes as messages', async () => {
      const run = await using();
      const submission = firstFiling(1);
      const receipt = await run.authority.submit(submission);
      expect(receipt).toEqual({ submissionId: submission.id, receipt: expect.any(String), receivedAt: startAt });
      const messages = await fetchReadable(run.authority, 10);
      expect(messages).toEqual([
        {
          kind: 'sms_requested',
          messageId: expect.any(String),
          submissionId: submission.id,
          sentAt: startAt,
          dueAt: '2026-11-22T01:30:00.000Z',
        },
      ]);
    });

    test('twice gives the same receipt and one SMS each, also at the same moment and later', async () => {
      const run = await using();
      const submission = firstFiling(1);
      const [one, two] = await Promise.all([run.authority.submit(submission), run.authority.submit(submission)]);
      await run.levers.advanceClock('PT1H');
      // The same content, its keys in another order.
      const again = Object.fromEntries(Object.entries(submission).reverse()) as unknown as AuthoritySubmission;
      expect([two, await run.authority.submit(again)]).toEqual([one, one]);
      expect(await run.levers.listPhone()).toHaveLength(2);
      expect(await takeMessages(run)).toHaveLength(1);
    });

    test('two different submissions never share a receipt', async () => {
      const run = await using();
      const receipts = await Promise.all([1, 2, 3].map((seed) => run.authority.submit(firstFiling(seed))));
      expect(new Set(receipts.map((answer) => answer.receipt)).size).toBe(3);
    });

    test('other content under a known id is refused and changes nothing', async () => {
      const run = await using();
      await run.authority.submit(firstFiling(1));
      const other = firstFiling(2, { id: firstFiling(1).id });
      await expect(run.authority.submit(other)).rejects.toMatchObject({ code: 'authority.refused' });
      await confirmAll(run, firstFiling(1));
    });

    test('takes everything that a form can say, of an app as of a site', async () => {
      const run = await using();
      const plain = firstFiling(1);
      const validity = { from: '2016-03-01', to: null };
      const principal = {
        ...plain.subject.principal,
        validity: { from: '2016-03-01', to: '2036-03-01' },
        officePhone: '010-88888881',
        messenger: { id: 2, account: 'example' },
        remark: '备用号码工作日可接听',
      };
      const { name, certificateType, certificateNumber } = principal;
      const whole = firstFiling(1, {
        subject: {
          nature: 4,
          certificateId: 1,
          validity,
          region: '440305',
          superior: plain.subject.name,
          legalRepresentative: { name, certificateType, certificateNumber },
          residenceProof: '',
          remark: '',
          submittedBy: 1,
          principal,
        },
        service: {
          kind: 'app',
          homeUrl: '',
          contents: [3, 161],
          preApprovals: [{ id: 1, number: '示例字〔2026〕1号', remark: '' }],
          app: {
            platforms: [
              {
                platform: 'android',
                packageName: 'cn.example.app',
                publicKey: 'ab'.repeat(256),
                fingerprint: 'cd'.repeat(16),
                domains: ['api.example1.cn'],
                addresses: ['203.0.113.7', '2001:db8::7'],
              },
            ],
            sdks: [{ name: '示例推送', use: '推送', provider: '示例云帆科技有限公司' }],
          },
        },
        access: {
          ...plain.access,
          methods: [5],
          places: ['440000'],
          ipRanges: [{ first: '203.0.113.7', last: '203.0.113.9' }],
        },
      });
      expect(await run.authority.submit(whole)).toMatchObject({ submissionId: whole.id });
      await confirmAll(run, whole);
    });

    test('a malformed submission is refused with every place, and nothing is taken in', async () => {
      const run = await using();
      const whole = firstFiling(1);
      const malformed = { ...whole, provinceCode: '44', service: { ...whole.service, languages: 'zh', colour: 'red' } };
      const places = await run.authority.submit(malformed as unknown as AuthoritySubmission).catch((error) => {
        expect(error).toMatchObject({ code: 'authority.refused' });
        return error.extras.places.map((place: { path: string }) => place.path);
      });
      expect(places.sort()).toEqual(['provinceCode', 'service.colour', 'service.languages']);
      expect(await takeMessages(run)).toEqual([]);
      // The id is still free for the right content.
      await run.authority.submit(whole);
    });
  });

  describe('messages', () => {
    test('come again until acknowledged, oldest first, at most as many as asked for', async () => {
      const run = await using();
      for (const seed of [1, 3, 5]) await run.authority.submit(firstFiling(seed));
      const first = await fetchReadable(run.authority, 2);
      expect(first.map(submissionOf)).toEqual(['exc_1', 'exc_3']);
      expect(await fetchReadable(run.authority, 2)).toEqual(first);
      await run.authority.acknowledge(first[0]?.messageId ?? '');
      await run.authority.acknowledge(first[0]?.messageId ?? '');
      const rest = await fetchReadable(run.authority, 100);
      expect(rest.map(submissionOf)).toEqual(['exc_3', 'exc_5']);
    });

    test('an acknowledgement of a message that never was is refused', async () => {
      const run = await using();
      await expect(run.authority.acknowledge('no-such/message')).rejects.toMatchObject({ code: 'authority.refused' });
    });

    test('may come again after their acknowledgement, under the same id', async () => {
      const run = await using();
      await runToVerdict(run, firstFiling(1));
      expect(await fetchReadable(run.authority, 100)).toEqual([]);
      await run.levers.redeliverAll();
      const again = await fetchReadable(run.authority, 100);
      expect(onSubmissions(again).map((message) => message.kind)).toEqual([
        'sms_requested',
        'sms_confirmed',
        'approved',
      ]);
      expect(new Set(again.map((message) => message.messageId)).size).toBe(again.length);
      expect(await takeMessages(run)).toEqual([]);
    });
  });

  describe('a status question', () => {
    test('knows a name and a certificate from the verdict on, not before', async () => {
      const run = await using();
      const submission = firstFiling(1);
      const { certificateType, certificateNumber } = submission.subject;
      const byName = { by: 'domain_name', domainName: 'EXAMPLE1.CN' } as const;
      const byCertificate = { by: 'certificate', certificateType, certificateNumber } as const;
      const unfiled = { filed: false, subjectNumber: null, serviceNumber: null };
      await run.authority.submit(submission);
      await confirmAll(run, submission);
      expect(await run.authority.findStatus(byName)).toEqual(unfiled);
      expect(await run.authority.findStatus(byCertificate)).toEqual(unfiled);
      await run.levers.advanceClock('PT10S');
      const subjectNumber = '粤ICP备2026000123号';
      expect(await run.authority.findStatus(byName)).toEqual({
        filed: true,
        subjectNumber,
        serviceNumber: `${subjectNumber}-1`,
      });
      expect(await run.authority.findStatus(byCertificate)).toEqual({
        filed: true,
        subjectNumber,
        serviceNumber: null,
      });
    });
  });

  describe('an authority in a bad mood', () => {
    /** Runs three filings to their verdicts through all troubles, as a provider's worker would. */
    async function endure(seed: number) {
      const run = await using({ calm: false, seed });
      let outages = 0;
      const outage = () => {
        outages += 1;
      };
      const deliveries: AuthorityMessage[] = [];
      const poll = async (times: number) => {
        for (let i = 0; i < times; i += 1) {
          for (const message of await insist(() => fetchReadable(run.authority, 5), outage)) {
            deliveries.push(message);
            await insist(() => run.authority.acknowledge(message.messageId), outage);
          }
        }
      };
      const submissions = [1, 3, 5].map((each) => firstFiling(each));
      for (const submission of submissions) await insist(() => run.authority.submit(submission), outage);
      await poll(1);
      for (const submission of submissions) await confirmAll(run, submission);
      await poll(1);
      await run.levers.advanceClock('PT10S');
      await poll(12);
      return { deliveries, outages };
    }

    test('loses no message and invents none; it repeats, mixes up and fails, and every seed does so in its own way', async () => {
      const trials = await Promise.all([1, 2, 3, 4].map(endure));
      for (const { deliveries } of trials) {
        for (const submissionId of ['exc_1', 'exc_3', 'exc_5']) {
          const own = deliveries.filter((message) => submissionOf(message) === submissionId);
          const byId = new Map(own.map((message) => [message.messageId, message]));
          expect(
            onSubmissions([...byId.values()])
              .map((message) => message.kind)
              .sort(),
          ).toEqual(['approved', 'sms_confirmed', 'sms_requested']);
          // The same id always brings the same message.
          for (const message of own) expect(message).toEqual(byId.get(message.messageId));
        }
      }
      const ids = trials.map(({ deliveries }) => deliveries.map((message) => message.messageId));
      expect(ids.some((each) => new Set(each).size < each.length)).toBe(true);
      expect(ids.some((each) => each.some((id, i) => id < (each[i - 1] ?? '')))).toBe(true);
      expect(trials.some(({ outages }) => outages > 0)).toBe(true);
      expect(new Set(ids.map((each) => each.map((id) => id.slice(-6)).join())).size).toBeGreaterThan(1);
    });

    test('the same seed brings the same troubles', async () => {
      expect(await endure(9)).toEqual(await endure(9));
    });
  });
}
