import { expect, test } from 'vitest';
import { emptyState } from '../core/sim-state.ts';
import type { LoggedCall } from '../v3/call-log.ts';
import { judge } from './judge.ts';

const mostKept = 20_000;
const beginMs = Date.parse('2026-11-21T01:30:00.000Z');
type Some = Pick<LoggedCall, 'operation' | 'code'> & Partial<LoggedCall>;

const evidenceOf = (call: Some) => ({
  calls: Array.from(
    { length: mostKept },
    (_, index): LoggedCall => ({
      n: index + 1,
      at: new Date(beginMs + index * 10).toISOString(),
      line: { unit: 9001, province: '440000' },
      mistake: null,
      faults: [],
      detail: null,
      ...call,
    }),
  ),
  state: emptyState(),
  now: new Date(beginMs + 3_600_000).toISOString(),
});

/** The simulator answers nobody meanwhile: with a look at all calls for each, it was half a minute and more. */
test.each<[string, Some, string]>([
  ['is refused', { operation: 'isp_upload', code: 5, mistake: 'wrong_password_hash' }, 'refused_repeated'],
  ['comes outside the hours', { operation: 'isp_upload', code: 20 }, 'retried_later'],
  ['leaves a gap', { operation: 'isp_upload', code: 14, mistake: 'sequence_gap' }, 'resynchronised'],
  [
    'downloads and never acknowledges',
    { operation: 'isp_download', code: 1, faults: ['delivered_twice'], detail: 'a.zip' },
    'file_again',
  ],
])('a system that %s 20,000 times is judged within seconds', (_what, call, check) => {
  const evidence = evidenceOf(call);
  const beginAt = performance.now();
  const { findings } = judge(evidence);
  expect(performance.now() - beginAt).toBeLessThan(5_000);
  expect(findings.filter(({ outcome }) => outcome === 'failed').map((each) => each.check)).toContain(check);
});
