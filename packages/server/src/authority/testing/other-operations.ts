import { describe, expect, test } from 'vitest';
import { firstFiling, runToVerdict, type StartAuthority } from './harness.ts';
import type { WireTraits } from './verdicts.ts';

type Using = (options: { records?: unknown }) => ReturnType<StartAuthority>;

/** What follows a first filing over every wire that carries websites: more sites, changes, the end of a site. */
export function describeOtherOperations(using: Using, { whole }: WireTraits): void {
  describe('after a first filing', () => {
    async function filed() {
      const run = await using({});
      const verdict = await runToVerdict(run, whole(firstFiling(1)));
      if (verdict.kind !== 'approved') throw new Error(`${verdict.kind} instead of an approval`);
      const { subjectNumber, serviceNumber } = verdict;
      const followUp = (
        id: string,
        kind: 'add_site_here' | 'change_site' | 'change_filing' | 'cancel_site',
        service: Parameters<typeof firstFiling>[1] & object,
      ) => whole(firstFiling(1, { ...service, id, kind, subject: { ...service.subject, number: subjectNumber } }));
      const isFiled = (domainName: string) => run.authority.findStatus({ by: 'domain_name', domainName });
      return { run, subjectNumber, serviceNumber, followUp, isFiled };
    }

    test('another site of the organiser gets the next number', async () => {
      const { run, subjectNumber, followUp, isFiled } = await filed();
      const service = { name: '示例第二网站', domainName: 'second1.cn', homeUrl: 'www.second1.cn' };
      const verdict = await runToVerdict(run, followUp('exc_second', 'add_site_here', { service }));
      expect(verdict).toMatchObject({ kind: 'approved', subjectNumber, serviceNumber: `${subjectNumber}-2` });
      expect(await isFiled('second1.cn')).toMatchObject({ filed: true, serviceNumber: `${subjectNumber}-2` });
      // Whoever is not on record has no other sites.
      const stranger = {
        service: { ...service, domainName: 'third1.cn', homeUrl: '' },
        subject: { number: '粤ICP备2026999999号' },
      };
      const refused = await runToVerdict(
        run,
        whole(firstFiling(5, { ...stranger, id: 'exc_third', kind: 'add_site_here' })),
      );
      expect(refused).toMatchObject({ kind: 'rejected', reasons: [{ code: '1016' }] });
    });

    test.each(['change_site', 'change_filing'] as const)('%s keeps its numbers', async (kind) => {
      const { run, subjectNumber, serviceNumber, followUp, isFiled } = await filed();
      const changed = followUp('exc_changed', kind, { service: { number: serviceNumber, name: '示例更名网站' } });
      expect(await runToVerdict(run, changed)).toMatchObject({ kind: 'approved', subjectNumber });
      expect(await isFiled('example1.cn')).toMatchObject({ filed: true, serviceNumber });
    });

    test('a site that ends is filed no more, and can be filed again under another number', async () => {
      const { run, subjectNumber, serviceNumber, followUp, isFiled } = await filed();
      const ended = followUp('exc_ended', 'cancel_site', { service: { number: serviceNumber } });
      expect(await runToVerdict(run, ended)).toMatchObject({ kind: 'approved', subjectNumber });
      expect(await isFiled('example1.cn')).toMatchObject({ filed: false });
      const again = await runToVerdict(run, followUp('exc_again', 'add_site_here', {}));
      expect(again).toMatchObject({ kind: 'approved', subjectNumber, serviceNumber: `${subjectNumber}-2` });
    });
  });
}
