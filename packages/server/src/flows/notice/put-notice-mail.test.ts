import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'putNoticeMail',
  {
    may: ['customer'],
    sample: (world) => ({ body: { addresses: [`${world.fresh('a')}@example.cn`] } }),
    leaves: ['NoticeMailSet'],
  },
  (get) => {
    test('keeps each address once and sealed; the audit has their number alone; none ends the mails', async () => {
      const world = get();
      const owner = await world.customer();
      const put = (...addresses: string[]) => owner.client.putNoticeMail({ body: { addresses } });
      expect((await put('one@example.cn', 'two@example.cn', 'one@example.cn')).addresses).toEqual([
        'one@example.cn',
        'two@example.cn',
      ]);
      const row = (await world.audit()).findLast(({ objectId }) => objectId === owner.accountId);
      expect(row?.detail).toEqual({ addresses: 2 });
      const { kysely } = world.deployment.open;
      for (const table of ['audit', 'idempotency', 'account_mail']) {
        const { rows } = await sql<{ text: string }>`SELECT t::text AS text FROM ${sql.table(table)} t`.execute(kysely);
        expect(rows.filter(({ text }) => text.includes('one@example.cn'))).toEqual([]);
      }
      expect((await put()).addresses).toEqual([]);
    });
  },
);
