import { expect, test } from 'vitest';
import { CloudFailure, type CloudInventory, type FailureKind, type Page, parseEndpoint } from './cloud-inventory.ts';
import { readCloud } from './read-cloud.ts';

const waits: number[] = [];
const pace = {
  sleep: async (ms: number) => {
    waits.push(ms);
  },
  random: () => 1,
  atOnce: 2,
};
const list = { operation: 'List', scope: 'region', products: ['server'] } as const;
const one: Page = { document: 1, rows: 1, total: 1, next: null };

/** A cloud with one list, whose pages come one after the other; a failure is thrown. */
function cloudOf(...answers: (Page | CloudFailure)[]): CloudInventory {
  let index = 0;
  return {
    lists: [list],
    async page() {
      const answer = answers[Math.min(index++, answers.length - 1)] as Page | CloudFailure;
      if (answer instanceof CloudFailure) throw answer;
      return answer;
    },
  };
}
const failure = (kind: FailureKind, code: string | null = null) => new CloudFailure(kind, 'told', code);

test('throttling is waited out with waits that double up to a bound, and given up in the end', async () => {
  waits.length = 0;
  const read = await readCloud(cloudOf(failure('throttled'), failure('throttled'), one), ['r'], pace);
  expect({ pages: read.pages.length, waits }).toEqual({ pages: 1, waits: [500, 1000] });
  waits.length = 0;
  const { failed } = await readCloud(cloudOf(failure('throttled')), ['r'], pace);
  expect(failed.map((each) => each.failure.kind)).toEqual(['throttled']);
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
});

test('a permanent failure is not retried; wrong credentials end everything', async () => {
  waits.length = 0;
  await readCloud(cloudOf(failure('forbidden')), ['r'], pace);
  await readCloud(cloudOf(failure('unreachable', 'ECONNREFUSED')), ['r'], pace);
  expect(waits).toEqual([]);
  await expect(readCloud(cloudOf(failure('credentials_rejected')), ['r'], pace)).rejects.toThrow(CloudFailure);
});

test('a list that shrinks or grows while it is read is read again; one that never agrees is refused', async () => {
  const short = { ...one, total: 2 };
  const read = await readCloud(cloudOf(short, { ...one, rows: 2, total: 2, document: 'second' }), ['r'], pace);
  expect(read.pages.map(({ document }) => document)).toEqual(['second']);
  const { failed, pages } = await readCloud(cloudOf(short), ['r'], pace);
  expect(failed.map((each) => each.failure.kind)).toEqual(['changing']);
  expect(pages).toEqual([]);
});

test('a list whose pages lead in a circle is refused instead of read for ever', async () => {
  const { failed } = await readCloud(cloudOf({ ...one, total: null, next: 'again' }), ['r'], pace);
  expect(failed.map((each) => each.failure.kind)).toEqual(['malformed']);
});

test('no more lists are read at a time than the pace allows, and the order of pages is that of lists and regions', async () => {
  let open = 0;
  let most = 0;
  const lists = ['A', 'B', 'C'].map((operation) => ({ operation, scope: 'region' as const, products: [] }));
  const cloud: CloudInventory = {
    lists,
    async page({ list: { operation }, region }) {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, operation === 'A' ? 5 : 1));
      open -= 1;
      return { ...one, document: `${operation} ${region}` };
    },
  };
  const { pages } = await readCloud(cloud, ['r1', 'r2'], pace);
  expect(pages.map(({ document }) => document)).toEqual(['A r1', 'A r2', 'B r1', 'B r2', 'C r1', 'C r2']);
  expect(most).toBe(2);
});

test('endpoints: HTTPS anywhere, HTTP on this machine only, nothing but a host', () => {
  expect(parseEndpoint('https://{service}.{region}.cloud.example')).toEqual({
    protocol: 'https:',
    host: '{service}.{region}.cloud.example',
  });
  for (const good of ['http://127.0.0.1:8080', 'http://{service}.localhost:80/'])
    expect(parseEndpoint(good)).not.toBeNull();
  for (const bad of [
    'http://cloud.example',
    'https://a@b',
    'https://cloud.example/x',
    'ftp://x',
    'cloud.example',
    '',
    'http://127.0.0.1.evil.example',
  ]) {
    expect(parseEndpoint(bad)).toBeNull();
  }
});
