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

test('the path of a problem leads to its line; a missing key to the line of what lacks it', () => {
  const { lineOf } = read(yaml);
  expect(lineOf('resources[0].used.codes')).toBe(7);
  expect(lineOf('accounts[0].realName')).toBe(2);
  expect(lineOf('resources[1].billing')).toBe(8);
  expect(lineOf('viewer')).toBeNull();
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
