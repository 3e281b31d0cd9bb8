import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';

/** What of a run is printed again at its end: a log that is cut still says what failed. */
const mostLines = 40;
/** Names the file for a run's numbers. No OPENBEIAN_…: programs under test read those as their settings. */
export const summaryFileVariable = 'TEST_SUMMARY_FILE';
/** How vitest words that a process of tests ended by itself. The cause names signal and file. */
const runtimeCrash = /^Worker exited unexpectedly with signal (?:SIGTRAP|SIGSEGV) .*while running test file (.+)$/;

/** Tests by their end. Those that did not run count as failed in CI. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}
/** A run in numbers. */
export interface RunSummary {
  readonly all: TestCounts;
  /** Files in whose process the runtime itself crashed. */
  readonly runtimeCrashes: readonly string[];
  /** Without those files. */
  readonly others: TestCounts;
}

/** `N passed, N failed`, as it ends every run. */
export function summaryLine({ passed, failed, skipped }: TestCounts): string {
  if (process.env.CI === 'true') return `${passed} passed, ${failed + skipped} failed`;
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** What one file, or what lies outside all of them, came to. */
interface Outcome {
  readonly passed: number;
  /** A line each. */
  readonly failures: readonly string[];
  readonly skipped: readonly string[];
}

/**
 * Ends a run with one plain line, `N passed, N failed`, as the very last thing printed. Before it: what failed, a line each,
 * and loudly every test that did not run. A file that could not be loaded, a process of tests that ended by itself and an
 * error outside any test count as failed; so does, with CI=true, a test that did not run.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>, unhandledErrors: ReadonlyArray<SerializedError>): void {
    const crashed = new Set<string>();
    const [others, lost]: [Outcome[], Outcome[]] = [[], []];
    for (const error of unhandledErrors) {
      const file = runtimeCrash.exec(causeOf(error))?.[1];
      if (file !== undefined) crashed.add(file);
      const failures = [`✗ outside any test: ${said(error)}`];
      (file === undefined ? others : lost).push({ passed: 0, failures, skipped: [] });
    }
    for (const module of modules) (crashed.has(module.moduleId) ? lost : others).push(outcomeOf(module));

    const outcomes = [...others, ...lost];
    const all = countsOf(outcomes);
    const failures = firstOf(outcomes.flatMap((outcome) => outcome.failures));
    const skipped = outcomes.flatMap((outcome) => firstOf(outcome.skipped));
    process.stdout.write(`\n${[...failures, ...skipped, summaryLine(all)].join('\n')}\n`);
    if (process.env.CI === 'true' && all.skipped > 0) process.exitCode = 1;

    const file = process.env[summaryFileVariable];
    if (file === undefined) return;
    const summary: RunSummary = { all, others: countsOf(others), runtimeCrashes: [...crashed] };
    writeFileSync(file, JSON.stringify(summary));
  }
}

function outcomeOf(module: TestModule): Outcome {
  const file = module.relativeModuleId;
  let passed = 0;
  const [failures, skipped]: [string[], string[]] = [[], []];
  for (const test of module.children.allTests()) {
    const { state, errors } = test.result();
    if (state === 'passed') passed += 1;
    else if (state === 'failed') failures.push(`✗ ${file} > ${test.fullName}: ${said(errors[0])}`);
    else skipped.push(notRun(file, test));
  }
  for (const error of module.errors()) failures.push(`✗ ${file}: ${said(error)}`);
  for (const suite of module.children.allSuites())
    for (const error of suite.errors()) failures.push(`✗ ${file} > ${suite.fullName}: ${said(error)}`);
  return { passed, failures, skipped };
}

function countsOf(outcomes: readonly Outcome[]): TestCounts {
  const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + count(outcome), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failures }) => failures.length),
    skipped: sum(({ skipped }) => skipped.length),
  };
}

function notRun(file: string, test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
  return `!!! 没有运行 / did NOT run: ${file} > ${test.fullName}${note}`;
}

/** The first line of what an error says, and what caused it: how a process of tests ended is in the cause. */
function said(error: { readonly message?: string; readonly cause?: unknown } | undefined): string {
  const [first = ''] = (error?.message ?? 'no message').split('\n');
  const cause = causeOf(error);
  return cause === '' ? first : `${first} (${cause})`;
}

function causeOf(error: { readonly cause?: unknown } | undefined): string {
  const { cause } = error ?? {};
  return typeof cause === 'object' && cause !== null && 'message' in cause ? String(cause.message) : '';
}

function firstOf(lines: readonly string[]): string[] {
  const more = lines.length - mostLines;
  return more <= 0 ? [...lines] : [...lines.slice(0, mostLines), `… and ${more} more of the kind`];
}
