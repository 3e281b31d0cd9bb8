import { describe, expect, test } from 'vitest';
import { firstFiling, runToVerdict, type StartAuthority, takeMessages } from './harness.ts';

/** Records that are cancelled, by whomever: the provider is told, and the authority no longer has them on file. */
export function describeCancellations(using: () => ReturnType<StartAuthority>): void {
  describe('cancellations', () => {
    test('name scope and number; what is cancelled is no longer on file, and its number is not reused', async () => {
      const run = await using();
      const submission = firstFiling(1);
      const verdict = await runToVerdict(run, submission);
      if (verdict.kind !== 'approved') throw new Error(verdict.kind);
      const { subjectNumber, serviceNumber } = verdict;
      const { domainName } = submission.service;
      const byName = () => run.authority.findStatus({ by: 'domain_name', domainName });

      await run.levers.cancelRecord('access', serviceNumber, submission.provider);
      expect(await takeMessages(run)).toMatchObject([
        { kind: 'cancelled', scope: 'access', number: serviceNumber, provider: submission.provider },
      ]);
      expect(await byName()).toMatchObject({ filed: true, serviceNumber });
      await run.levers.cancelRecord('service', serviceNumber);
      expect(await takeMessages(run)).toMatchObject([
        { kind: 'cancelled', scope: 'service', number: serviceNumber, provider: null },
      ]);
      expect(await byName()).toMatchObject({ filed: false });
      await expect(run.levers.cancelRecord('service', serviceNumber)).rejects.toThrow('404');

      await run.levers.cancelRecord('subject', subjectNumber);
      expect(await takeMessages(run)).toMatchObject([{ kind: 'cancelled', scope: 'subject', number: subjectNumber }]);
      const { certificateType, certificateNumber } = submission.subject;
      const byCertificate = { by: 'certificate', certificateType, certificateNumber } as const;
      expect(await run.authority.findStatus(byCertificate)).toMatchObject({ filed: false });
      const again = await runToVerdict(run, { ...submission, id: 'exc_again' });
      expect(again.kind === 'approved' && again.subjectNumber).not.toBe(subjectNumber);
      expect(again.kind).toBe('approved');
    });
  });
}
