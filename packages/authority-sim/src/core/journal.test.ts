import fs, { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from '../clock.ts';
import { sampleSubmission } from '../testing/sample-submission.ts';
import { AuthorityCore, maxWrongTries } from './authority-core.ts';
import type { JournalRecord } from './events.ts';
import { type Journal, JournalError, journalFileName, openJournal } from './journal.ts';
import { emptyState, type SimState } from './sim-state.ts';
import { applyRecord } from './state.ts';

const hourMs = 3_600_000;
const startAt = '2026-11-21T01:00:00.000Z';
let dir: string;
let open: Journal[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'authority-journal-'));
});
afterEach(() => {
  for (const journal of open) journal.close();
  open = [];
  rmSync(dir, { recursive: true });
});

function replay(directory = dir, log: (line: string) => void = () => {}): { state: SimState; journal: Journal } {
  const state = emptyState();
  const journal = openJournal(directory, (record) => applyRecord(state, record), log);
  open.push(journal);
  return { state, journal };
}

function startCore(clock: ManualClock, directory = dir): AuthorityCore {
  return new AuthorityCore({
    ...replay(directory),
    clock,
    seed: 7,
    smsLifetimeMs: 24 * hourMs,
    verdictAfterMs: 10_000,
  });
}

const file = (directory = dir) => join(directory, journalFileName);

type Step =
  | { do: 'submit'; seed: number; sharesSubject: boolean }
  | { do: 'confirm'; text: number; wrong: boolean }
  | { do: 'advance'; hours: number }
  | { do: 'acknowledge'; message: number }
  | { do: 'plan' };
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('submit' as const), seed: fc.nat(8), sharesSubject: fc.boolean() }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('confirm' as const), text: fc.nat(5), wrong: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), hours: fc.constantFrom(0.001, 0.01, 25) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('acknowledge' as const), message: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('plan' as const) }) },
);

// One run in which every ending occurs, so that no luck is needed for it.
const confirm = (text: number, wrong = false): Step => ({ do: 'confirm', text, wrong });
const submit = (seed: number, sharesSubject = false): Step => ({ do: 'submit', seed, sharesSubject });
const everyEnding: Step[] = [
  submit(0),
  confirm(0),
  confirm(1),
  {
    do: 'advance',
    hours: 0.01,
  } as const,
  submit(1),
  confirm(1),
  ...Array.from({ length: maxWrongTries }, () => confirm(0, true)),
  submit(1, true),
  confirm(0),
  confirm(1),
  {
    do: 'advance',
    hours: 0.01,
  } as const,
  submit(2),
  {
    do: 'advance',
    hours: 25,
  } as const,
  {
    do: 'acknowledge',
    message: 0,
  } as const,
];

function take(core: AuthorityCore, clock: ManualClock, wanted: Step): void {
  switch (wanted.do) {
    case 'submit': {
      const submission = sampleSubmission(wanted.seed * 2);
      const shared = { ...submission, id: `${submission.id}-b`, subject: sampleSubmission(0).subject };
      core.submit(wanted.sharesSubject ? shared : submission);
      break;
    }
    case 'confirm': {
      const text = core.state.phone.filter((item) => item.kind === 'verification').at(-1 - wanted.text);
      if (!text) break;
      const { subject, service } = core.state.cases.get(text.submissionId)?.submission ?? sampleSubmission(0);
      const owner = [subject.principal, service.principal].find((person) => person.mobile === text.mobile);
      const lastSix = wanted.wrong ? 'wrong!' : (owner?.certificateNumber.slice(-6) ?? '');
      core.confirmSms(text.mobile, text.code ?? '', lastSix);
      break;
    }
    case 'advance':
      clock.advance(wanted.hours * hourMs);
      break;
    case 'acknowledge': {
      const id = [...core.state.messages.keys()][wanted.message];
      if (id) core.acknowledge(id);
      break;
    }
    case 'plan':
      core.planRejection(null, [{ code: '1002', field: null, text: '测试' }]);
      break;
  }
  core.tick();
}

/** What must hold in every state that any prefix of a journal adds up to. */
function expectConsistent(state: SimState): void {
  const receipts = [...state.cases.values()].map((found) => found.receipt);
  expect(new Set(receipts).size).toBe(receipts.length);
  for (const [id, found] of state.cases) {
    const kinds = [...state.messages.values()].flatMap(({ message }) =>
      'submissionId' in message && message.submissionId === id ? [message.kind] : [],
    );
    const endings = kinds.filter((kind) => kind === 'approved' || kind === 'rejected' || kind === 'sms_failed');
    const isClosed = ['approved', 'rejected', 'sms_failed'].includes(found.status);
    expect(endings).toEqual(isClosed ? [found.status] : []);
    expect(state.open.has(id)).toBe(!isClosed);
    const once = kinds.filter((kind) => kind !== 'sms_progress');
    expect(new Set(once).size).toBe(once.length);
    // Nothing is decided before every SMS is confirmed.
    if (found.status === 'deciding' || found.status === 'approved') {
      expect(found.confirmed).toEqual(new Set(found.challenges.map((challenge) => challenge.mobile)));
    }
    // A last confirmation or a last wrong try and what follows from it are one fact.
    if (found.status === 'sms_waiting') {
      expect(found.confirmed.size).toBeLessThan(found.challenges.length);
      expect(Math.max(0, ...found.wrongTries.values())).toBeLessThan(maxWrongTries);
    }
    if (found.outcome?.kind === 'approved') {
      const service = state.registry.services.get(found.outcome.serviceNumber);
      expect(service).toMatchObject({
        subjectNumber: found.outcome.subjectNumber,
        domainName: found.submission.service.domainName,
        accesses: [found.submission.provider],
      });
    }
  }
  const approved = [...state.cases.values()].filter((found) => found.status === 'approved').length;
  expect(state.registry.services.size).toBe(approved);
  for (const subject of state.registry.subjects.values()) {
    expect(state.registry.findSubjectByCertificate(subject.certificateNumber)).toBe(subject);
    expect(subject.lastCounter).toBe(state.registry.listServicesOf(subject.number).length);
  }
  for (const id of state.unacknowledged) expect(state.messages.get(id)?.acknowledgedAt).toBeNull();
}

describe('any prefix of the journal, cut anywhere', () => {
  test('adds up to the state after its last whole line, which is consistent, and work goes on from there', () => {
    const anySteps = fc.array(step, { minLength: 5, maxLength: 40 });
    const anyCuts = fc.array(fc.nat(), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(anySteps, anyCuts, (steps, cuts) => {
        const home = mkdtempSync(join(dir, 'run-'));
        const clock = manualClock(startAt);
        const core = startCore(clock, home);
        for (const wanted of steps) take(core, clock, wanted);
        const bytes = readFileSync(file(home));
        expect(replay(home).state).toEqual(core.state);

        for (const cut of cuts.map((n) => n % (bytes.length + 1))) {
          const cutHome = mkdtempSync(join(dir, 'cut-'));
          writeFileSync(file(cutHome), bytes.subarray(0, cut));
          const { state } = replay(cutHome);
          expectConsistent(state);
          const wholeLines = bytes.subarray(0, cut).toString('utf8').split('\n').slice(0, -1);
          const expected = emptyState();
          for (const line of wholeLines) applyRecord(expected, JSON.parse(line) as JournalRecord);
          expect(state).toEqual(expected);

          const later = manualClock(clock.now());
          const resumed = startCore(later, cutHome);
          for (const wanted of steps) take(resumed, later, wanted);
          later.advance(48 * hourMs);
          resumed.tick();
          expect(resumed.state.open.size).toBe(0);
          expectConsistent(resumed.state);
          expect(replay(cutHome).state).toEqual(resumed.state);
          for (const journal of open.splice(2)) journal.close();
        }
        for (const journal of open.splice(0)) journal.close();
      }),
      { numRuns: 15, examples: [[everyEnding, Array.from({ length: 6 }, (_, i) => i * 1997)]] },
    );
    // Every step is synced to the disk, which takes its time on a busy machine.
  }, 120_000);

  test('the scenario above does reach every ending', () => {
    const clock = manualClock(startAt);
    const core = startCore(clock);
    for (const wanted of everyEnding) take(core, clock, wanted);
    const statuses = [...core.state.cases.values()].map((found) => found.status);
    expect(statuses).toEqual(['approved', 'sms_failed', 'rejected', 'sms_failed']);
    expectConsistent(core.state);
  });

  test('a line that lacks only its end was not acknowledged: it is cut off, and somebody is told without its content', () => {
    const core = startCore(manualClock(startAt));
    core.submit(sampleSubmission(1));
    const kept = readFileSync(file()).length;
    core.submit(sampleSubmission(2));
    truncateSync(file(), readFileSync(file()).length - 1);
    const lines: string[] = [];
    const { state } = replay(dir, (line) => lines.push(line));
    expect([...state.cases.keys()]).toEqual(['sub-1']);
    expect(readFileSync(file()).length).toBe(kept);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('half-written');
    expect(lines[0]).not.toContain(sampleSubmission(2).subject.principal.mobile);
  });
});

describe('damage that no crash makes', () => {
  test.each([
    ['a line that is no JSON', (text: string) => text.replace('\n', '}\n'), 'line 1'],
    ['a lost line', (text: string) => text.split('\n').toSpliced(1, 1).join('\n'), 'line 2'],
    ['a repeated line', (text: string) => text + text.split('\n').at(-2) + '\n', 'line 4'],
    ['a journal of a newer release', (text: string) => text.replace('"format":1', '"format":2'), 'line 1'],
  ])('%s stops the start and names the place', (_what, damage, place) => {
    const core = startCore(manualClock(startAt));
    core.submit(sampleSubmission(1));
    core.submit(sampleSubmission(2));
    const whole = readFileSync(file(), 'utf8');
    writeFileSync(file(), damage(whole));
    const damaged = readFileSync(file());
    const error = catchError(() => replay());
    expect(error).toBeInstanceOf(JournalError);
    expect(error.message).toContain(place);
    expect(error.message).not.toContain(sampleSubmission(1).subject.principal.mobile);
    expect(readFileSync(file())).toEqual(damaged);
  });
});

test('every command is on the disk before it returns, not merely with the operating system', () => {
  const calls: string[] = [];
  const { writeSync, fsyncSync } = fs;
  fs.writeSync = ((...args: Parameters<typeof writeSync>) => {
    calls.push('write');
    return writeSync(...args);
  }) as typeof writeSync;
  fs.fsyncSync = (descriptor) => {
    calls.push('sync');
    fsyncSync(descriptor);
  };
  syncBuiltinESMExports();
  try {
    const core = startCore(manualClock(startAt));
    calls.length = 0;
    core.submit(sampleSubmission(1));
    expect(calls).toEqual(['write', 'sync']);
    core.tick();
    expect(calls).toEqual(['write', 'sync', 'write', 'sync']);
    core.submit(sampleSubmission(1));
    expect(calls).toHaveLength(4);
  } finally {
    Object.assign(fs, { writeSync, fsyncSync });
    syncBuiltinESMExports();
  }
});

test('what cannot be written is not taken in', () => {
  const clock = manualClock(startAt);
  const { state, journal } = replay();
  const full: Journal = {
    ...journal,
    append(record) {
      if (record.n > 2) throw new JournalError('disk full');
      journal.append(record);
    },
  };
  const core = new AuthorityCore({ state, journal: full, clock, seed: 1, smsLifetimeMs: 1, verdictAfterMs: 1 });
  core.submit(sampleSubmission(1));
  expect(() => core.submit(sampleSubmission(2))).toThrow(JournalError);
  expect([...core.state.cases.keys()]).toEqual(['sub-1']);
  expect(replay().state).toEqual(core.state);
});

test('a journal may be followed by other writers’ half lines again and again', () => {
  for (const seed of [1, 2, 3]) {
    startCore(manualClock(startAt)).submit(sampleSubmission(seed));
    appendFileSync(file(), '{"n":9,"at":"2026');
  }
  expect([...replay().state.cases.keys()]).toEqual(['sub-1', 'sub-2', 'sub-3']);
});

function catchError(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
