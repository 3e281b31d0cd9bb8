import { expect, test } from 'vitest';
import { deskLine, fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';

const may = ['operator', 'auditor'] as const;
const params = { provinceCode: '440000' };

describeOperation('listAuthorityLines', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('each line with its state and why', async () => {
    const world = get();
    const { client } = world.people.auditor;
    expect(await client.listAuthorityLines({})).toEqual({ lines: [] });
    const because = { code: '22', zh: '系统维护', en: 'Maintenance' };
    const later = '2026-11-21T05:00:00.000Z';
    const lines = [
      deskLine,
      { ...deskLine, provinceCode: '110000', closedUntil: later, closedBecause: because },
      { ...deskLine, provinceCode: '120000', closedUntil: '2026-11-20T05:00:00.000Z', closedBecause: because },
      { ...deskLine, provinceCode: '130000', closedUntil: later, stoppedAt: later, stoppedBecause: because },
    ];
    world.useDesk(fictionalDesk({ listLines: async () => lines }));
    const answer = await client.listAuthorityLines({});
    expect(answer.lines.map(({ state, because: why, closedUntil }) => [state, why, closedUntil])).toEqual([
      ['open', null, null],
      ['closed', because, later],
      // Its time has passed.
      ['open', null, null],
      ['stopped', because, later],
    ]);
    expect(answer.lines[0]).toMatchObject({
      acceptedSequence: 3,
      lastOperation: 'isp_download',
      waiting: 2,
      openCases: 1,
    });
  });
});

describeOperation(
  'listAuthorityPackages',
  {
    may,
    sample: (world) => {
      world.useDesk(fictionalDesk());
      return { params };
    },
    leaves: 'nothing',
  },
  (get) => {
    test('page after page, without what is in them', async () => {
      const world = get();
      const { client } = world.people.operator;
      world.useDesk(fictionalDesk());
      const first = await client.listAuthorityPackages({ params, query: { limit: 2 } });
      expect(first.packages.map(({ sequence }) => sequence)).toEqual([3, 2]);
      expect(first.packages[0]).toMatchObject({ filingId: 'fil_1', domainName: 'example.cn' });
      expect(Object.keys(first.packages[0] ?? {})).not.toContain('paperId');
      const rest = await client.listAuthorityPackages({ params, query: { limit: 2, after: first.next ?? '' } });
      expect([rest.packages.map(({ id }) => id), rest.next]).toEqual([['pkg_1'], null]);
      const elsewhere = client.listAuthorityPackages({ params: { provinceCode: '650000' } });
      expect(await refusal(elsewhere)).toEqual(['object.not_found']);
    });
  },
);

describeOperation(
  'listAuthorityFiles',
  {
    may,
    sample: (world) => {
      world.useDesk(fictionalDesk());
      return { params };
    },
    leaves: 'nothing',
  },
  (get) => {
    test('the newest, and none where there are no lines', async () => {
      const world = get();
      const { client } = world.people.operator;
      expect(await refusal(client.listAuthorityFiles({ params }))).toEqual(['object.not_found']);
      world.useDesk(fictionalDesk());
      const { files } = await client.listAuthorityFiles({ params });
      const [fetchedAt, acknowledgedAt] = ['2026-11-21T01:00:00.000Z', null];
      expect(files).toEqual([{ id: 'dwn_1', fileName: 'a1', fetchedAt, acknowledgedAt, trouble: null }]);
    });
  },
);

describeOperation('listAuthorityCases', { may, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('page after page, of one province and of one kind', async () => {
    const world = get();
    const { client } = world.people.operator;
    expect(await client.listAuthorityCases({})).toEqual({ cases: [], next: null });
    world.useDesk(fictionalDesk());
    const first = await client.listAuthorityCases({ query: { limit: 1 } });
    const rest = await client.listAuthorityCases({ query: { limit: 1, after: first.next ?? '' } });
    expect([...first.cases, ...rest.cases].map(({ id }) => id)).toEqual(['cas_2', 'cas_1']);
    const { cases } = await client.listAuthorityCases({ query: { provinceCode: '110000' } });
    expect(cases.map(({ id }) => id)).toEqual(['cas_1']);
    const ofKind = async (kind: 'unclear_result' | 'unfiled_site') =>
      (await client.listAuthorityCases({ query: { kind } })).cases.map(({ id }) => id);
    expect(await ofKind('unclear_result')).toEqual(['cas_2', 'cas_1']);
    expect(await ofKind('unfiled_site')).toEqual([]);
  });
});
