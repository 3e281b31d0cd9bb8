import { ProblemError, UnreachableError } from '@openbeian/contract/calling';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { piecesOf } from './pieces.ts';
import { type Comparison, comparePieces, importPieces, PieceError, releaseResources } from './run-pieces.ts';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
const faked = vi.mocked<(id: string, input: unknown, options: unknown) => unknown>(call as never);

interface Asked {
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
  readonly accounts: readonly { readonly id: string }[];
  readonly resources: readonly { readonly id: string }[];
  readonly key: string | undefined;
}

let asked: Asked[] = [];
/** What the server answers, one after the other; then what its operation answers to all. */
let first: unknown[] = [];
let differing: Comparison['changed'] = [];

const nothingDiffers = { new: 0, changed: 0, same: 0 };
const comparisonOf = ({ query, accounts, resources }: Asked): Comparison => {
  const counted = accounts.filter(({ id }) => id !== query['afterAccount']);
  return {
    counts: {
      accounts: { ...nothingDiffers, new: counted.length },
      resources: { ...nothingDiffers, new: resources.length, gone: 1, breaking: 0 },
    },
    accounts: counted.map(({ id }) => ({ id, before: null, after: 'none' })),
    new: resources.map(({ id }) => id),
    changed: differing,
    gone: [],
    breaking: [],
    leftOut: 0,
  };
};

beforeEach(() => {
  vi.useFakeTimers();
  [asked, first, differing] = [[], [], []];
  faked.mockImplementation(async (id, input, options) => {
    const { body, query = {} } = input as { readonly body: Asked; readonly query?: Asked['query'] };
    const { idempotencyKey: key } = (options ?? {}) as { readonly idempotencyKey?: string };
    const one = { id, query, accounts: body.accounts, resources: body.resources, key };
    asked.push(one);
    const answer = first.shift();
    if (answer instanceof Error) throw answer;
    if (id === 'compareInventory') return comparisonOf(one);
    return {
      accounts: one.accounts.length,
      resources: one.resources.length,
      changed: one.resources.map((row) => row.id),
    };
  });
});
afterEach(() => vi.useRealTimers());

const resource = (account: string, id: string) => ({ id, account, provider: 'tencent', product: 'cvm' });
const inventory = {
  accounts: [{ id: 'b' }, { id: 'a' }, { id: 'nobody' }],
  resources: [resource('b', 'b1'), resource('b', 'b2'), resource('a', 'a1'), resource('b', 'b3')],
};
const runOf = (document: object = inventory) => {
  const controller = new AbortController();
  const done: number[] = [];
  const pieces = piecesOf({ ...document }, { resources: 2, characters: 100_000 });
  return { pieces, done, controller, signal: controller.signal, onProgress: (count: number) => done.push(count) };
};
const problem = (status: number, more: object = {}) =>
  new ProblemError({ code: 'server.busy', status, zh: '忙', en: 'busy', ...more } as ProblemError['problem']);
/** Lets all waiting pass. */
const settled = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
  answer.catch(() => {});
  await vi.runAllTimersAsync();
  return answer;
};

describe('comparing', () => {
  test('adds up over the pieces, each account counted once though it goes with all its resources', async () => {
    const run = runOf();
    const { counts, accounts, new: added } = await settled(comparePieces(run, 'no'));
    expect(asked.map((one) => one.accounts.map(({ id }) => id))).toEqual([['nobody', 'a'], ['b'], ['b']]);
    expect(counts.accounts.new).toBe(3);
    expect(accounts.map(({ id }) => id)).toEqual(['nobody', 'a', 'b']);
    expect(added).toEqual(['a1', 'b1', 'b2', 'b3']);
    expect(run.done).toEqual([1, 3, 4]);
  });

  test('an account over a border is sent again, with where the piece before ended, whatever it is complete for', async () => {
    const { counts } = await settled(comparePieces(runOf({ ...inventory, accounts: [{ id: 'b' }] }), 'no'));
    expect(asked.map((one) => [one.accounts, one.query])).toEqual([
      [[{ id: 'b' }], { untilAccount: 'b', untilResource: 'b1' }],
      [[{ id: 'b' }], { afterAccount: 'b', afterResource: 'b1' }],
    ]);
    expect(counts.accounts.new).toBe(1);
  });

  test('a piece of a complete inventory is complete for its range, of the products of all; one with accounts alone for none', async () => {
    const accounts = ['x', 'y', 'z'].map((id) => ({ id }));
    const resources = [resource('a', '1'), resource('a', '2'), { ...resource('a', '3'), product: 'clb' }];
    await settled(comparePieces(runOf({ accounts, resources }), 'all'));
    const of = { complete: 'all', products: 'tencent/cvm,tencent/clb' };
    expect(asked.map(({ query }) => query)).toEqual([
      {},
      { ...of, untilAccount: 'a', untilResource: '2' },
      { ...of, afterAccount: 'a', afterResource: '2' },
    ]);
  });

  test('what is refused is named with the piece, whose paths lead to the whole', async () => {
    const refused = problem(422);
    first = [null, refused];
    const resources = inventory.resources.toReversed();
    const error = await settled(
      comparePieces(runOf({ accounts: inventory.accounts.toReversed(), resources }), 'no'),
    ).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PieceError);
    expect(error).toMatchObject({ cause: refused });
    expect((error as PieceError).piece.wholePath('resources[1].billing')).toBe('resources[2].billing');
    expect((error as PieceError).piece.wholePath('accounts[0].realName')).toBe('accounts[2].realName');
  });
});

describe('importing', () => {
  test('sends each account and resource once', async () => {
    const run = runOf({ ...inventory, accounts: [{ id: 'b' }] });
    const answer = await settled(importPieces(run));
    expect(asked.map((one) => [one.id, one.accounts.length, one.resources.length])).toEqual([
      ['putInventory', 1, 2],
      ['putInventory', 0, 2],
    ]);
    expect(answer).toEqual({ accounts: 1, resources: 4, changed: 4 });
  });

  test('a broken line, a busy server and too many questions are waited for, under the same key', async () => {
    first = [new UnreachableError('断', 'broken'), problem(503), problem(429, { retryAfterSeconds: 30 }), null];
    const begun = Date.now();
    const answer = await settled(importPieces(runOf()));
    expect(answer.resources).toBe(4);
    expect(Date.now() - begun).toBe((2 + 2 + 30) * 1000);
    const keys = asked.map(({ key }) => key);
    expect(new Set(keys.slice(0, 4)).size).toBe(1);
    expect(new Set(keys).size).toBe(3);
  });

  test('not for ever, and not where the inventory is wrong', async () => {
    first = Array.from({ length: 50 }, () => new UnreachableError('断', 'broken'));
    await expect(settled(importPieces(runOf()))).rejects.toMatchObject({ cause: expect.any(UnreachableError) });
    expect(asked).toHaveLength(20);
    [asked, first] = [[], [problem(422)]];
    await expect(settled(importPieces(runOf()))).rejects.toBeInstanceOf(PieceError);
    expect(asked).toHaveLength(1);
  });

  test('stopped, the piece on its way counts, and no other is sent', async () => {
    const run = runOf();
    const answer = importPieces({ ...run, onProgress: (done) => (run.onProgress(done), run.controller.abort()) });
    const error = await settled(answer).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ cause: run.signal.reason });
    expect(run.done).toEqual([1]);
    expect(asked).toHaveLength(1);
  });
});

describe('marking as released', () => {
  const gone = ['one', 'two', 'three'].map((id) => ({ id, accountId: 'a', facts: resource('a', id) }));
  const released = { field: 'state', before: 'running', after: 'released' };

  test('leaves alone what changed since it was compared, or is released already', async () => {
    differing = [
      { id: 'one', fields: [released] },
      { id: 'two', fields: [{ field: 'expiresAt', before: '2029-01-01', after: '2027-01-01' }, released] },
    ];
    expect(await settled(releaseResources(runOf(), gone))).toEqual({ released: 1, kept: 2 });
    expect(asked.map(({ id }) => id)).toEqual(['compareInventory', 'putInventory']);
    expect(asked[1]?.resources).toEqual([{ ...resource('a', 'one'), state: 'released' }]);
  });

  test('sends nothing where nothing is left, and names what is refused by its id', async () => {
    expect(await settled(releaseResources(runOf(), gone))).toEqual({ released: 0, kept: 3 });
    expect(asked.map(({ id }) => id)).toEqual(['compareInventory']);
    first = [problem(422)];
    const error = await settled(releaseResources(runOf(), gone)).catch((thrown: unknown) => thrown);
    expect((error as PieceError).piece.wholePath('resources[1].publicIps[0].address')).toBe('two.publicIps[0].address');
  });
});
