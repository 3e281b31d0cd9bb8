import { isFault } from '@openbeian/model/fault';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';

describe('searchRecords', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const search = (text: string, more: object = {}) =>
    world.flows.searchRecords(world.people.visitor, {
      search: text,
      serviceKind: 'website',
      pageNum: 1,
      pageSize: 10,
      ...more,
    });

  test('finds a site by its domain, number or organiser, to the letter; and no other kind of service', async () => {
    const owner = await world.customer();
    const { domainName, serviceNumber } = await world.filed(owner.accountId, {
      resourceId: await world.eligible(owner),
    });
    for (const text of [domainName, domainName.toUpperCase(), serviceNumber]) {
      const { total, rows } = await search(text);
      expect([total, rows.map((row) => row.number)]).toEqual([1, [serviceNumber]]);
    }
    const unitName = (await search(domainName)).rows[0]?.subject.unitName ?? '';
    expect((await search(unitName)).rows.map((row) => row.number)).toEqual([serviceNumber]);
    expect((await search(domainName.slice(1))).total).toBe(0);
    expect((await search(domainName, { serviceKind: 'app' })).total).toBe(0);
    expect((await search(domainName, { pageNum: 2 })).rows).toEqual([]);
  });

  test.each([{ pageNum: 0 }, { pageSize: 0 }])('refuses the page %j', async (more) => {
    const error: unknown = await search('example.cn', more).catch((thrown: unknown) => thrown);
    expect(isFault(error, 'input.invalid')).toBe(true);
  });
});
