import { expect, test } from 'vitest';
import { exchanged, fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../../main/testing/operation-world.ts';

function sample(world: OperationWorld) {
  world.useDesk(fictionalDesk());
  return { params: { kind: 'case', documentId: 'cas_2' } } as const;
}
const unknown = { params: { kind: 'package', documentId: 'pkg_9' } } as const;

describeOperation('getAuthorityDocument', { may: ['operator', 'auditor'], sample, leaves: 'nothing' }, (get) => {
  test('without what is personal', async () => {
    const world = get();
    const { client } = world.people.auditor;
    expect(await refusal(client.getAuthorityDocument(unknown))).toEqual(['object.not_found']);
    const masked = { Zt_xx: { Dwmc: '张＊＊＊', Zj: { Zjlx: 2, Zjhm: '1＊＊＊' } }, Czlx: 1 };
    expect(await client.getAuthorityDocument(sample(world))).toEqual({ content: masked });
    expect(await client.getAuthorityDocument({ params: { kind: 'package', documentId: 'pkg_1' } })).toEqual({
      content: { upload: masked },
    });
    expect(await client.getAuthorityDocument({ params: { kind: 'file', documentId: 'dwn_1' } })).toEqual({
      content: { ICP: { BASJ: { Baxx: [masked] } } },
    });
    expect(await refusal(client.getAuthorityDocument(unknown))).toEqual(['object.not_found']);
  });
});

describeOperation(
  'revealAuthorityDocument',
  { may: ['operator'], sample, leaves: ['AuthorityDocumentRevealed'], repeated: 'done again' },
  (get) => {
    test('as it is, written down with who looked at which', async () => {
      const world = get();
      const { client } = world.people.operator;
      world.useDesk(fictionalDesk());
      expect(await refusal(client.revealAuthorityDocument(unknown))).toEqual(['object.not_found']);
      const input = { params: { kind: 'package', documentId: 'pkg_1' } } as const;
      expect(await client.revealAuthorityDocument(input)).toEqual({ content: { upload: exchanged } });
      const row = (await world.audit()).findLast(({ action }) => action === 'AuthorityDocumentRevealed');
      expect(row).toMatchObject({ actorId: 'usr_operator', objectId: 'pkg_1', detail: {} });
      await client.revealAuthorityDocument({ params: { kind: 'file', documentId: 'dwn_1' } });
      const last = (await world.audit()).findLast(({ action }) => action === 'AuthorityDocumentRevealed');
      expect(last).toMatchObject({ actorId: 'usr_operator', objectId: 'dwn_1' });
    });

    test('no more than the quota of the shift; the operators are told of it once', async () => {
      const world = get();
      const { client } = world.people.operator;
      const input = sample(world);
      world.answer('reveals', 'count', async () => false);
      const told = async () => (await world.audit()).filter(({ action }) => action === 'RevealQuotaSpent');
      const before = (await told()).length;
      expect(await refusal(client.revealAuthorityDocument(input))).toEqual(['reveal.quota_spent']);
      expect(await refusal(client.revealAuthorityDocument(input))).toEqual(['reveal.quota_spent']);
      expect((await told()).slice(before)).toMatchObject([{ objectId: 'cas_2' }]);
    });
  },
);
