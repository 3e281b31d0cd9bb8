import { decideHost, indexGateRecords } from '@openbeian/model/gate';
import {
  hostVectors,
  vectorContexts,
  vectorDefaultNames,
  vectorProvider,
  vectorRecords,
} from '@openbeian/model/gate/testing';
import { describe, expect, test } from 'vitest';
import { at, fresh, later, type World } from './world.ts';

/** The view that gates' facts come from says of every record what the core's own vectors say of it. */
export function describeGateVectors(world: () => World): void {
  /** Puts the records where records are, with accesses and graces of their own. */
  async function putRecords(): Promise<void> {
    const accountId = await world().account();
    const resource = await world().resource(accountId);
    const subjectId = fresh('vectors');
    const subject = { subjectKind: 'enterprise', subjectHash: subjectId, unitName: '星河', sealedName: 's' } as const;
    await world().open.store.transaction(({ records }) =>
      records.putSubject({
        ...subject,
        id: subjectId,
        number: `粤ICP备${subjectId}号`,
        accountId,
        provinceCode: '440000',
        recordedAt: at,
      }),
    );
    for (const { name, number, accesses, state, serviceKind = 'website', graceUntil } of vectorRecords) {
      const filing = await world().filing(accountId);
      await world().open.store.transaction(async ({ records }) => {
        const of = { subjectRecordId: subjectId, serviceName: '星河', domainName: name, serviceKind };
        const { id } = await records.putService({
          ...of,
          state: state ?? 'filed',
          id: fresh('srv'),
          number,
          recordedAt: later(1),
        });
        for (const provider of accesses) {
          const tie = { serviceRecordId: id, provider, resourceId: resource.id, filingId: filing.id };
          await records.putAccess({ ...tie, id: fresh('acs'), at: later(2) });
        }
        if (graceUntil === undefined) return;
        await records.putGrace({ domainName: name, number, filingId: filing.id, until: graceUntil, at: later(3) });
      });
    }
  }

  describe('the gate’s view and the vectors of the decision', () => {
    test('every host gets what the vectors say', async () => {
      await putRecords();
      const names = new Set(vectorRecords.map(({ name }) => name));
      const { records: all } = await world().open.store.transaction(({ gateLog }) => gateLog.snapshot());
      const known = indexGateRecords(all.filter(({ name }) => names.has(name)));
      const about = { provider: vectorProvider, defaultNames: new Set(vectorDefaultNames), blockPage: '/blocked' };
      const wrong = hostVectors().flatMap(({ host, expected }) =>
        vectorContexts.flatMap(({ outsideMainland, anyNumberSuffices, at: day }, place) => {
          const { reason } = decideHost(host, known, { ...about, outsideMainland, anyNumberSuffices }, day);
          return reason === expected[place]?.reason ? [] : [{ host, day, reason }];
        }),
      );
      expect(wrong).toEqual([]);
    });
  });
}
