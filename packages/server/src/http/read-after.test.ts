import { afterEach, expect, test, vi } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

afterEach(() => vi.restoreAllMocks());

const keepSeconds = 3;
const codes = { codes: [] };

/** A server whose log is at these positions, one for each time that it is asked; each answer comes when the test says so. */
function open() {
  const answers: PromiseWithResolvers<string>[] = [];
  const read = () => {
    const answer = Promise.withResolvers<string>();
    answers.push(answer);
    return answer.promise;
  };
  const listNotices = vi.fn(async () => ({ notices: [], unread: 0, next: null }));
  const { needs } = needsWith({ issueCodes: async () => codes, listNotices }, { positions: { read, keepSeconds } });
  const app = createHttpServer(needs);
  let changes = 0;
  const change = async (role = 'customer') => {
    changes += 1;
    const headers = { cookie: `s=${role}`, 'idempotency-key': `k-${changes}` };
    const answer = await app.inject({ method: 'POST', url: '/api/v1/resources/ins-1/codes', headers });
    return /openbeian\.position=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1];
  };
  const readAfter = async (position?: string, role = 'customer') => {
    const cookie = position === undefined ? `s=${role}` : `s=${role}; openbeian.position=${position}`;
    await app.inject({ url: '/api/v1/notices', headers: { cookie } });
    return (listNotices.mock.lastCall as unknown as [{ readonly readAfter?: string }] | undefined)?.[0].readAfter;
  };
  return { answers, change, readAfter };
}

test('answers of changes that overtake each other take nobody back: what was told last counts', async () => {
  const { answers, change, readAfter } = open();
  const [early, late] = [change(), change()];
  await vi.waitUntil(() => answers.length === 2);
  answers[1]?.resolve('1/A0');
  expect(await late).toBe('1/A0');
  // Asked for before, and answered after.
  answers[0]?.resolve('0/FFFFFFFF');
  expect(await early).toBe('1/A0');
  // The browser got the answers in another order than they were sent.
  expect(await readAfter('0/FFFFFFFF')).toBe('1/A0');
  expect(await readAfter('1/b0')).toBe('1/b0');
  expect(await readAfter()).toBe('1/A0');
  expect(await readAfter('no position')).toBeUndefined();
  // Of somebody else nothing is known.
  expect(await readAfter('0/10', 'operator')).toBe('0/10');
});

test('what was told counts for as long as a standby may be behind, and one that none reaches no longer', async () => {
  const { answers, change, readAfter } = open();
  const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
  const unknown = change();
  await vi.waitUntil(() => answers.length === 1);
  answers[0]?.reject(new Error('the primary is away'));
  expect(await unknown).toBe('FFFFFFFF/FFFFFFFF');
  now.mockReturnValue(1000 + keepSeconds * 1000 - 1);
  const known = change();
  await vi.waitUntil(() => answers.length === 2);
  answers[1]?.resolve('0/20');
  expect(await known).toBe('FFFFFFFF/FFFFFFFF');
  expect(await readAfter()).toBe('FFFFFFFF/FFFFFFFF');
  now.mockReturnValue(1000 + keepSeconds * 1000);
  expect(await readAfter('0/20')).toBe('0/20');
});
