import { fictionalFiling } from '@openbeian/model/fictional';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import type { AuthoritySubmission } from '../../ports/index.ts';
import { submissionOf } from './submission-of.ts';

describe('what is handed over', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  let seed = 70;
  /** The submission of a fictional filing that was started, filled in and bound by API. */
  async function submissionFor(nature: string, serviceKind: 'website' | 'app', changes: object = {}) {
    const owner = await world.customer();
    const { codeTables: tables, divisions, clock } = world.deps;
    const at = clock.now().slice(0, 10);
    seed += 1;
    const made = fictionalFiling(seed, { tables, divisions, at, provinceCode: '440000', nature, serviceKind });
    const text = (path: string) => String(made.values[path]);
    const { filing } = await owner.client.startFiling({
      body: {
        domainName: made.context.domainName,
        serviceKind,
        subjectKind: made.context.subjectKind,
        nature,
        provinceCode: '440000',
        certificateType: text('subject.certificateType'),
        certificateNumber: text('subject.certificateNumber'),
      },
    });
    const fixed = ['subject.nature', 'subject.certificateType', 'subject.certificateNumber'];
    const own = Object.entries(made.values).filter(([path]) => !fixed.includes(path));
    const values = { ...Object.fromEntries(own), ...changes };
    const params = { filingId: filing.id };
    const saved = await owner.client.saveFilingForm({ params, body: { version: filing.version, values } });
    const resourceId = await world.eligible(owner);
    const body = { version: saved.filing.version, with: { resourceId } };
    await owner.client.bindFiling({ params, body });
    const submission = await world.deps.store.transaction(async (tx) => {
      const row = await tx.filings.find(filing.id);
      if (row === null) throw new Error('it was there');
      const { deps, operator: actor } = world;
      return submissionOf(
        { deps, tx, actor, at: clock.now(), fault: (code) => new Error(code) as never },
        row,
        'sub-1',
      );
    });
    return { submission, values: made.values };
  }

  test('of a law practice’s site: numbers of the tables, validity, its own name as superior, addresses of the resource', async () => {
    const { submission, values } = await submissionFor('law_practice', 'website', {
      'service.access.ipRanges': [],
      'service.principal.isSubjects': 'yes',
    });
    const name = values['subject.name'];
    expect(submission).toMatchObject({
      subject: {
        kind: 'society',
        nature: 11,
        certificateId: 21,
        region: values['subject.region'],
        superior: name,
        legalRepresentative: null,
        submittedBy: 0,
        validity: { from: values['subject.certificateValidFrom'] },
      },
      service: { content: 'portal', contents: [8], preApproval: 'none', preApprovals: [] },
      access: { methods: [5], places: ['440000'] },
    });
    expect(submission.service.principal).toEqual(submission.subject.principal);
    const addresses = submission.access.ipAddresses;
    expect(addresses.length).toBeGreaterThan(0);
    expect(submission.access.ipRanges).toEqual(addresses.map((address) => ({ first: address, last: address })));
  });

  test('of an app: its platforms and SDKs, no home page, approvals with their numbers', async () => {
    const { submission, values } = await submissionFor('enterprise', 'app', {
      'service.preApproval': [{ type: 'news', number: '示例字〔2026〕1号', remark: '' }],
      'service.hasSdks': 'yes',
      'service.sdks': [{ name: '示例推送', use: '推送', provider: '示例云帆科技有限公司' }],
    });
    const contents = (values['service.content'] as string[]).map(Number);
    expect(submission.service).toMatchObject({
      homeUrl: '',
      contents,
      preApprovals: [{ id: 1, number: '示例字〔2026〕1号', remark: '' }],
      app: { platforms: values['service.platforms'], sdks: [{ name: '示例推送' }] },
    } satisfies Partial<Record<keyof AuthoritySubmission['service'], unknown>>);
  });
});
