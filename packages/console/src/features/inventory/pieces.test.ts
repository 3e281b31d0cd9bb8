import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';

const resource = (account: string, id: string) => ({ id, account, provider: 'tencent', product: 'cvm' });
const bounds = { resources: 2, characters: 100_000 };

test('what is small, or has not the form of an inventory, is one piece as it is', () => {
  for (const document of [{ accounts: [], resources: [resource('a', '1')] }, { resources: 7 }, {}]) {
    expect(piecesOf(document, bounds)).toMatchObject([{ document, after: null, until: null }]);
  }
  const more = { viewer: 'a', resources: ['1', '2', '3'].map((id) => resource('a', id)) };
  expect(piecesOf(more, bounds)).toHaveLength(1);
});

test('what is large is cut in the order of the server, each piece with its accounts and what it is complete for', () => {
  const document = {
    accounts: [{ id: 'b' }, { id: 'a' }, { id: 'nobody' }],
    resources: [resource('b', '1'), resource('a', '2'), resource('a', '1'), resource('b', '0'), resource('b', '2')],
  };
  const pieces = piecesOf(document, bounds);
  const [one, two, three] = [
    { accounts: [{ id: 'nobody' }, { id: 'a' }], resources: [resource('a', '1'), resource('a', '2')] },
    { accounts: [{ id: 'b' }], resources: [resource('b', '0'), resource('b', '1')] },
    { accounts: [], resources: [resource('b', '2')] },
  ];
  expect(pieces.map((piece) => piece.document)).toEqual([one, two, three]);
  // The account is imported once, and compared with each of its resources.
  expect(pieces.map((piece) => piece.compared)).toEqual([one, two, { ...three, accounts: [{ id: 'b' }] }]);
  expect(pieces.map(({ after, until }) => [after, until])).toEqual([
    [null, { account: 'a', id: '2' }],
    [
      { account: 'a', id: '2' },
      { account: 'b', id: '1' },
    ],
    [{ account: 'b', id: '1' }, null],
  ]);
});

test('many accounts make pieces, too, and one that is there twice stays so for the server to refuse', () => {
  const accounts = ['1', '2', '3'].map((id) => ({ id }));
  expect(piecesOf({ accounts, resources: [] }, bounds).map(({ document }) => document['accounts'])).toEqual([
    accounts.slice(0, 2),
    accounts.slice(2),
  ]);
  const twice = [{ id: 'a' }, { id: 'a' }];
  const resources = ['1', '2', '3'].map((id) => resource('a', id));
  expect(piecesOf({ accounts: twice, resources }, bounds)[0]?.document['accounts']).toEqual(twice);
});

test('paths of a piece lead to those of the whole', () => {
  const document = { accounts: [{ id: 'b' }], resources: [resource('b', '2'), resource('a', '1'), resource('b', '1')] };
  const [first, second] = piecesOf(document, bounds);
  expect(first?.wholePath('resources[1].billing')).toBe('resources[2].billing');
  expect(second?.wholePath('resources[0].account')).toBe('resources[0].account');
  expect(second?.wholePath('accounts[0].realName')).toBe('accounts[0].realName');
  expect(first?.wholePath('resources')).toBe('resources');
});

test('many characters make pieces, too', () => {
  const resources = ['1', '2', '3'].map((id) => ({ ...resource('a', id), region: 'x'.repeat(600) }));
  expect(piecesOf({ resources }, { resources: 100, characters: 1000 }).map((piece) => piece.resources)).toEqual([
    1, 1, 1,
  ]);
});

test('texts are ordered by the numbers of their characters, beyond the basic plane as well', () => {
  const texts = ['', 'B', 'a', 'ab', 'é', '中', '\uFFFD', '\uFFFDa', '😀', '😀a'];
  const shuffled = texts.toReversed().map((id) => resource('a', id));
  const pieces = piecesOf({ resources: shuffled }, { resources: 1, characters: 100_000 });
  expect(pieces.map((piece) => piece.document['resources'])).toEqual(texts.map((id) => [resource('a', id)]));
});
