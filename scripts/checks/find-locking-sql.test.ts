import { loadModule } from 'libpg-query';
import { beforeAll, expect, test } from 'vitest';
import { lockingIn } from './find-locking-sql.ts';

beforeAll(() => loadModule());

const file = 'packages/server/src/store/migrations/0099-a.sql';
const problems = (text: string) => lockingIn(file, text).map(({ what }) => what.replace(/^.*?: /, ''));

test.each([
  ['CREATE INDEX a ON account (id);', 'writing waits while the index is made'],
  ['CREATE UNIQUE INDEX a ON account (id);', 'writing waits while the index is made'],
  ['ALTER TABLE account ADD COLUMN a text NOT NULL;', 'NOT NULL without a default'],
  [
    'ALTER TABLE account ADD COLUMN a uuid DEFAULT gen_random_uuid();',
    'a default that differs from row to row: the table is rewritten',
  ],
  ['ALTER TABLE account ADD COLUMN a text GENERATED ALWAYS AS (id) STORED;', 'the table is rewritten'],
  ['ALTER TABLE account ADD COLUMN a bigint GENERATED ALWAYS AS IDENTITY;', 'the table is rewritten'],
  ['ALTER TABLE account ADD COLUMN a text CHECK (a <> id);', 'all rows are read under a lock; add it NOT VALID first'],
  ['ALTER TABLE account ADD COLUMN a text UNIQUE;', 'an index is made under a lock; make it first'],
  [
    'ALTER TABLE account ADD CONSTRAINT a CHECK (id <> real_name);',
    'all rows are read under a lock; add it NOT VALID first',
  ],
  [
    'ALTER TABLE account ADD CONSTRAINT a FOREIGN KEY (id) REFERENCES filing (id);',
    'all rows are read under a lock; add it NOT VALID first',
  ],
  ['ALTER TABLE account ADD CONSTRAINT a UNIQUE (id);', 'an index is made under a lock; make it first'],
  [
    'ALTER TABLE account ALTER COLUMN id SET NOT NULL;',
    'all rows are read under a lock; add a CHECK that is NOT VALID, validate it',
  ],
  ['ALTER TABLE account ALTER COLUMN id TYPE bigint;', 'the table is rewritten'],
  ['ALTER TABLE account DROP COLUMN id;', 'servers of the former release use the column'],
  ['ALTER TABLE account RENAME COLUMN id TO other;', 'servers of the former release use the former name'],
  ['ALTER TABLE account RENAME TO other;', 'servers of the former release use the former name'],
  ['UPDATE account SET id = 1;', 'all rows are written in one transaction'],
  ['DELETE FROM account;', 'all rows are written in one transaction'],
  ['INSERT INTO a SELECT * FROM account;', 'all rows are read in one transaction'],
  ['TRUNCATE account;', 'the table is locked as a whole'],
  ['VACUUM FULL account;', 'the table is locked as a whole'],
  ['REINDEX TABLE account;', 'the table is locked as a whole'],
])('%s is found', (sql, problem) => {
  expect(problems(sql)).toEqual([problem]);
  expect(problems(`-- locks: the table has a row for each process\n${sql}`)).toEqual([]);
  expect(problems(`-- locks: short\n${sql}`)).toEqual([problem]);
});

test.each([
  'CREATE TABLE a (id text PRIMARY KEY); CREATE INDEX b ON a (id); ALTER TABLE a ADD CONSTRAINT c CHECK (id <> $$$$);',
  'CREATE INDEX CONCURRENTLY a ON account (id);',
  'ALTER TABLE account ADD COLUMN a text;',
  `ALTER TABLE account ADD COLUMN a text NOT NULL DEFAULT '', ADD COLUMN b timestamptz DEFAULT now();`,
  'ALTER TABLE account ADD CONSTRAINT a CHECK (id <> real_name) NOT VALID;',
  'ALTER TABLE account VALIDATE CONSTRAINT a;',
  'ALTER TABLE account ADD CONSTRAINT a UNIQUE USING INDEX b;',
  'ALTER INDEX a RENAME TO b;',
  `INSERT INTO account (id) VALUES ('a');`,
  '-- step snapshot\nINSERT INTO a SELECT count(*) FROM account;',
  'WITH page AS (SELECT 1), done AS (UPDATE account SET id = $1) SELECT 1 AS next;',
])('%s holds nobody up', (sql) => {
  expect(problems(sql)).toEqual([]);
});

test('the line of the statement is named, behind its comments', () => {
  const [found] = lockingIn(file, 'CREATE TABLE a (id int);\n\n-- Why.\nCREATE INDEX b ON account (id);\n');
  expect(found?.message).toContain(`${file}:4: writing waits`);
});
