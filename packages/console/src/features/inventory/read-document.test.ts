import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';

const yaml = `accounts:
  - { id: acct-a, realName: enterprise }
resources:
  - id: ins-1
    boughtAt: 2026-06-01
    used:
      codes: two
  - id: ins-2
`;

function read(text: string) {
  const document = readDocument(text);
  if (document.kind !== 'read') throw new Error(`not read: ${document.kind}`);
  return document;
}

test('YAML and JSON are read alike, and days stay text', () => {
  expect(read(yaml).value).toEqual({
    accounts: [{ id: 'acct-a', realName: 'enterprise' }],
    resources: [{ id: 'ins-1', boughtAt: '2026-06-01', used: { codes: 'two' } }, { id: 'ins-2' }],
  });
  expect(read('{"accounts": []}').value).toEqual({ accounts: [] });
});

test('the path of a problem leads to its line and column; a missing key to those of what lacks it', () => {
  const { placeOf } = read(yaml);
  expect(placeOf('resources[0].used.codes')).toEqual({ line: 7, column: 7 });
  expect(placeOf('accounts[0].realName')).toEqual({ line: 2, column: 19 });
  expect(placeOf('resources[1].billing')).toEqual({ line: 8, column: 5 });
  expect(placeOf('viewer')).toBeNull();
});

test('a mistake in the syntax names its line', () => {
  expect(readDocument('accounts:\n  - { id: a\nresources: []\n')).toMatchObject({ kind: 'syntax', line: 3 });
  expect(readDocument('a: 1\nb: 2\na: 2\n')).toEqual({ kind: 'key_twice', key: 'a', line: 3, firstLine: 1 });
  expect(readDocument('a: [*nothing]\n')).toMatchObject({ kind: 'syntax' });
});

test('nothing, and what is no mapping, are told apart', () => {
  expect(readDocument(' \n')).toEqual({ kind: 'empty' });
  expect(readDocument('- 1\n')).toEqual({ kind: 'not_mapping' });
});
