import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/** What of a run is printed again at its end: a log that is cut still says what failed. */
const mostLines = 40;

/**
 * Ends a run with one plain line, `N passed, N failed`, as the very last thing printed. Before it: what failed, a line each,
 * and loudly every test that did not run. A file that could not be loaded, a process of tests that ended by itself and an
 * error outside any test count as failed; so does, with CI=true, a test that did not run.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<SerializedError>): void {
    let passed = 0;
    const failures = unhandledErrors.map((error) => `outside any test: ${said(error)}`);
    const skipped = new Map<string, TestCase[]>();
    for (const module of modules) {
      const file = module.relativeModuleId;
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failures.push(`${file} > ${test.fullName}: ${said(errors[0])}`);
        else skipped.set(file, [...(skipped.get(file) ?? []), test]);
      }
      for (const error of module.errors()) failures.push(`${file}: ${said(error)}`);
      for (const suite of module.children.allSuites())
        for (const error of suite.errors()) failures.push(`${file} > ${suite.fullName}: ${said(error)}`);
    }
    const skippedCount = [...skipped.values()].reduce((sum, tests) => sum + tests.length, 0);
    const lines = [
      ...firstOf(failures.map((failure) => `✗ ${failure}`)),
      ...[...skipped].flatMap(([file, tests]) => firstOf(tests.map((test) => notRun(file, test)))),
    ];
    if (process.env.CI === 'true' && skippedCount > 0) {
      process.exitCode = 1;
      lines.push(`${passed} passed, ${failures.length + skippedCount} failed`);
    } else {
      lines.push(`${passed} passed, ${failures.length} failed${skippedCount > 0 ? `, ${skippedCount} skipped` : ''}`);
    }
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}

function notRun(file: string, test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  return `!!! 没有运行 / did NOT run: ${file} > ${test.fullName}${note}`;
}

/** The first line of what an error says, and of what caused it: how a process of tests ended is in the cause. */
function said(error: { readonly message?: string; readonly cause?: unknown } | undefined): string {
  const [first = ''] = (error?.message ?? 'no message').split('\n');
  const { cause } = error ?? {};
  const more = typeof cause === 'object' && cause !== null && 'message' in cause ? ` (${cause.message})` : '';
  return `${first}${more}`;
}

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  return more <= 0 ? [...lines] : [...lines.slice(0, mostLines), `… and ${more} more of the kind`];
}
