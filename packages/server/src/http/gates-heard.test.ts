import { afterEach, expect, test, vi } from 'vitest';
import { GatesHeard } from './gates-heard.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const written = vi.fn(async () => {});
afterEach(() => written.mockClear());

const report = {
  name: '广州 1',
  version: '0.1.0',
  startedAt: '2026-11-21T01:00:00.000Z',
  decisions: [{ outcome: 'block', reason: 'unfiled', count: 3 }],
};
const asked = (said: unknown, ip = '10.0.0.7') => ({
  ip,
  headers: said === undefined ? {} : { 'openbeian-gate': typeof said === 'string' ? said : JSON.stringify(said) },
});

test('the last that each gate said is written, once for all that asked meanwhile', async () => {
  const heard = new GatesHeard(written);
  await heard.flush();
  expect(written).not.toHaveBeenCalled();
  heard.note(asked(report), 11);
  heard.note(asked({ ...report, name: 'other' }), 12);
  heard.note(asked(report), 13);
  await heard.flush();
  await heard.flush();
  const { decisions, startedAt } = report;
  const facts = { decisions, startedAt };
  expect(written.mock.calls).toEqual([
    [
      [
        { name: '广州 1', version: '0.1.0', facts: { ...facts, sequence: 13 } },
        { name: 'other', version: '0.1.0', facts: { ...facts, sequence: 12 } },
      ],
    ],
  ]);
});

test.each([
  ['nothing', undefined],
  ['no JSON', '{'],
  ['a name of control characters', { ...report, name: 'a\u0007b' }],
  ['a name without end', { ...report, name: 'a'.repeat(500) }],
  ['impossible counts', { ...report, decisions: [{ outcome: 'block', reason: 'unfiled', count: -1 }] }],
  ['counts beyond all numbers', { ...report, decisions: [{ outcome: 'block', reason: 'a', count: 2 ** 53 - 1 }] }],
  ['a start before the calendar', { ...report, startedAt: '0000-12-31T00:00:00Z' }],
  ['a start behind the calendar', { ...report, startedAt: '9999-12-31T23:00:00Z' }],
])('a gate that says %s goes by its address', async (_, said) => {
  const heard = new GatesHeard(written);
  heard.note(asked(said), null);
  await heard.flush();
  const facts = { sequence: null, decisions: null, startedAt: null };
  expect(written.mock.calls).toEqual([[[{ name: '10.0.0.7', version: '', facts }]]]);
});

test('whoever has no token is not heard, and what was heard is written when the server ends', async () => {
  const { needs } = needsWith({
    reportGates: async (_: unknown, gates: unknown) => written(...([gates] as unknown as [])),
    getGateVersion: async () => 5,
    getGateChanges: async () => ({ snapshot: false, sequence: 5, mark: 'm', at: 'now', changes: [] }),
  });
  const app = createHttpServer({ ...needs, gateTokens: ['a-token-of-a-gate'] });
  const ask = (token: string, name: string) =>
    app.inject({
      method: 'GET',
      url: '/api/v1/gate/changes?after=5&mark=m',
      headers: { authorization: `Bearer ${token}`, 'openbeian-gate': JSON.stringify({ ...report, name }) },
    });
  expect((await ask('another', 'stranger')).statusCode).toBe(401);
  expect((await ask('a-token-of-a-gate', 'known')).statusCode).toBe(200);
  await app.close();
  expect(written.mock.calls).toMatchObject([[[{ name: 'known', facts: { sequence: 5 } }]]]);
});
