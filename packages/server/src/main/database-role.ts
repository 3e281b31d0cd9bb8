import { Fault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import { isOnThisMachine } from './config.ts';
import type { Parts } from './parts.ts';

/**
 * Refuses to run as somebody who can take the database's guards away: the tables' owner, a superuser or a member of the
 * owner. On a database of this machine, where owner and application are one person's, it does not ask.
 * @throws Fault `config.invalid`, with the way out
 */
export async function refuseOwner({ config, open }: Pick<Parts, 'config' | 'open'>): Promise<void> {
  const { url, allowOwner } = config.database;
  if (url === null || allowOwner || isOnThisMachine(url)) return;
  const { rows } = await sql<{ owns: boolean }>`SELECT pg_has_role(relowner, 'MEMBER') AS owns
    FROM pg_class WHERE oid = to_regclass('quota')`.execute(open.kysely);
  if (rows[0]?.owns !== true) return;
  throw new Fault('config.invalid', {
    places: [
      {
        path: 'database.url',
        expected:
          'a role that does not own the tables, see docs/database-role.md; as the owner run only: openbeian migrate (or database.allowOwner)',
        expectedZh:
          '应为不拥有这些表的角色，见 docs/database-role.md；所有者身份只用于 openbeian migrate（或设置 database.allowOwner）',
      },
    ],
  });
}
