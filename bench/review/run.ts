import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitingFilings } from '../../tests/browser/filing-by-api.ts';
import { passBatch } from '../../tests/browser/review-batch.ts';
import { openTestConsole } from '../../tests/browser/test-console.ts';
import { median } from '../shared/figures.ts';

/*
 * npm run bench:review [-- N]. A day's work of one reviewer in a real browser: N filings of fictional companies, each with its
 * pictures, are claimed, opened and passed by keyboard alone. Counted are the keys; timed is what the screens take, from the key that
 * claims the next filing until the queue is there again. What a person takes to read is not in it.
 */
const count = Number(process.argv[2] ?? 200);
const runFolder = mkdtempSync(join(tmpdir(), 'openbeian-review-'));
const testConsole = await openTestConsole({ runFolder });
try {
  const filings = await waitingFilings(testConsole, 'batch', count, 20_000);
  const reviewer = await testConsole.visit('reviewer');
  await reviewer.page.getByRole('heading', { name: '待审订单' }).waitFor();
  const passed = await passBatch(reviewer, filings.length, 'zh').catch(async (cause: unknown) => {
    const shown = await reviewer.page.locator('main').innerText();
    throw new Error(`the batch stopped at: ${shown.slice(0, 1000)}`, { cause });
  });
  const times = passed.map(({ ms }) => ms).sort((one, other) => one - other);
  const slow = times[Math.floor(times.length * 0.95)] ?? 0;
  const keys = passed.reduce((sum, one) => sum + one.keys, 0);
  const totalS = times.reduce((sum, ms) => sum + ms, 0) / 1000;
  process.stdout.write(
    [
      `${passed.length} filings passed with ${keys} keys, ${(keys / passed.length).toFixed(1)} each`,
      `the screens of one: median ${median(times).toFixed(0)} ms, 95 % within ${slow.toFixed(0)} ms`,
      `all of them: ${totalS.toFixed(0)} s; the first ten ${averageOf(passed.slice(0, 10))} ms each, the last ten ${averageOf(passed.slice(-10))}`,
      '',
    ].join('\n'),
  );
  if (reviewer.complaints.length > 0) throw new Error(reviewer.complaints.join('\n'));
} finally {
  await testConsole.close();
  rmSync(runFolder, { recursive: true, force: true });
}

function averageOf(some: readonly { readonly ms: number }[]): string {
  return (some.reduce((sum, { ms }) => sum + ms, 0) / some.length).toFixed(0);
}
