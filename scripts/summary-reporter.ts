import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/**
 * Ends a run with one plain line, `N passed, N failed`, as the very last thing printed, and names before it, loudly,
 * every test that did not run. A file that could not be loaded and an error outside any test count as failed; so does,
 * with CI=true, a test that did not run.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<SerializedError>): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    const skipped: TestCase[] = [];
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
        else skipped.push(test);
      }
      failed += module.errors().length;
      for (const suite of module.children.allSuites()) failed += suite.errors().length;
    }
    const lines = skipped.map((test) => {
      const result = test.result();
      const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
      return `!!! 没有运行 / did NOT run: ${test.module.relativeModuleId} > ${test.fullName}${note}`;
    });
    if (process.env.CI === 'true' && skipped.length > 0) {
      process.exitCode = 1;
      lines.push(`${passed} passed, ${failed + skipped.length} failed`);
    } else {
      lines.push(`${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
    }
    process.stdout.write(`\n${lines.join('\n')}\n`);
  }
}
