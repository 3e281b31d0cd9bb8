import { createHash } from 'node:crypto';
import { dayOf } from '@openbeian/model/calendar';
import { courseOf } from '@openbeian/model/filing';
import { instantAfter, type SimClock } from '../clock.ts';
import { DueTimes } from './due-times.ts';
import type { SimEvent } from './events.ts';
import { listFormFaults } from './intake-checks.ts';
import type { Journal } from './journal.ts';
import { certificateKey, lastSixOf } from './normal-form.ts';
import { seededNumber } from './seeded.ts';
import { type SimState, type SubmissionCase } from './sim-state.ts';
import { maxResends, maxWrongTries } from './sms-progress.ts';
import { applyRecord } from './state.ts';
import { decideVerdict } from './verdict.ts';
import {
  type Cancellation,
  partsOf,
  type Receipt,
  type RefusalReason,
  type SeedRecords,
  type SmsChallenge,
  type Submission,
} from './words.ts';

export { maxWrongTries };

/** What the SMS page answers. */
export type SmsAnswer =
  | { readonly outcome: 'confirmed'; readonly submissionId: string; readonly othersWaiting: number }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  | { readonly outcome: 'too_many_attempts' }
  /** No SMS waits for this mobile: never sent, confirmed already, or too late. */
  | { readonly outcome: 'nothing_waiting' };

/** A command that the state does not allow; the wires turn it into their own kind of error. */
export class SimRefusal extends Error {
  override name = 'SimRefusal';
  readonly kind: 'conflict' | 'not_found' | 'malformed';
  readonly places: readonly { path: string; expected: string }[];
  constructor(kind: SimRefusal['kind'], message: string, places: SimRefusal['places'] = []) {
    super(message);
    this.kind = kind;
    this.places = places;
  }
}

export interface CoreOptions {
  readonly state: SimState;
  readonly journal: Journal;
  readonly clock: SimClock;
  readonly seed: number;
  readonly smsLifetimeMs: number;
  readonly verdictAfterMs: number;
  /** What is wrong with a submission before any SMS goes out; `listFormFaults` unless given. */
  readonly lookOver?: (submission: Submission, today: string) => readonly RefusalReason[];
  /** When a review that begins now ends, an instant; after `verdictAfterMs` unless given. */
  readonly reviewEnd?: (submission: Submission, now: string) => string;
}

/** 备案密码 of a subject: eight digits that follow from the number, so that every record has one. */
export function filingPasswordOf(seed: number, subjectNumber: string): string {
  return String(seededNumber(100_000_000, seed, 'filing password', subjectNumber)).padStart(8, '0');
}

/**
 * The simulated authority without any wire: takes submissions, sends SMS, decides, keeps the register.
 * Every command is one journal record, written and synced before it returns; then, and only then, it is in the state.
 * What time brings about happens in `tick()`, which the wires call before they look at anything.
 */
export class AuthorityCore {
  readonly state: SimState;
  readonly #options: CoreOptions;
  /** What time brings about; null: not known yet. */
  #due: DueTimes | null = null;

  constructor(options: CoreOptions) {
    this.state = options.state;
    this.#options = options;
    if (this.state.records === 0) {
      const opened = createHash('sha256').update(`${options.seed} ${this.now()}`).digest('hex').slice(0, 8);
      this.record([{ type: 'JournalOpened', format: 1, instance: opened }]);
    }
  }

  now(): string {
    return instantAfter(this.#options.clock.now(), 0);
  }

  /** Takes a submission in; the same one again gets the same receipt, another one under the same id is refused. */
  submit(submission: Submission): Receipt {
    const fingerprint = fingerprintOf(submission);
    const known = this.state.cases.get(submission.id);
    if (known && known.fingerprint !== fingerprint) {
      throw new SimRefusal('conflict', `submission ${submission.id} was received before with other content`, [
        { path: 'id', expected: 'a new id for new content' },
      ]);
    }
    if (!known) {
      const receipt = `RC-${this.state.instance}-${String(this.state.cases.size + 1).padStart(6, '0')}`;
      this.record([{ type: 'SubmissionReceived', submission, fingerprint, receipt }]);
    }
    const { receipt, receivedAt } = this.#getCase(submission.id);
    return { submissionId: submission.id, receipt, receivedAt };
  }

  /** The facts of submissions that are taken in together; `record` them with what brought them. */
  receiptsOf(submissions: readonly Submission[]): readonly SimEvent[] {
    return submissions.map((submission, index) => ({
      type: 'SubmissionReceived',
      submission,
      fingerprint: fingerprintOf(submission),
      receipt: `RC-${this.state.instance}-${String(this.state.cases.size + index + 1).padStart(6, '0')}`,
    }));
  }

  /** Does everything that is due by now, in the order in which it fell due. */
  tick(): void {
    for (const id of this.state.received) this.#takeUp(this.#getCase(id));
    const now = this.now();
    this.#due ??= this.#dueOfOpen();
    const due = [...this.#due.take(now)].flatMap((id) => {
      const found = this.#getCase(id);
      const at = dueAtOf(found);
      return at !== null && at <= now ? [{ found, at }] : [];
    });
    try {
      for (const { found } of due.sort(byTimeThenReceipt)) {
        if (found.status === 'sms_waiting') this.#failSms(found, 'timed_out');
        else if (found.status === 'deciding') this.#decide(found);
      }
    } catch (error) {
      // What was taken and not done is looked for again.
      this.#due = null;
      throw error;
    }
  }

  /** One try on the SMS page: mobile, six-digit code, last six characters of the certificate number. */
  confirmSms(mobile: string, code: string, lastSix: string): SmsAnswer {
    this.tick();
    const waiting = this.#listWaiting(mobile);
    // A wrong code belongs to no submission; it counts against the newest one.
    const found = waiting.find((item) => challengeOf(item, mobile).code === code) ?? waiting.at(-1);
    if (!found) return { outcome: 'nothing_waiting' };
    const submissionId = found.submission.id;
    const challenge = challengeOf(found, mobile);
    if (challenge.code === code && challenge.lastSix.includes(certificateKey(lastSix))) {
      const othersWaiting = found.challenges.length - found.confirmed.size - 1;
      const accepted: SimEvent = { type: 'SmsCodeAccepted', submissionId, mobile };
      const messageId = this.#nextMessageId();
      if (othersWaiting > 0) this.record([{ ...accepted, messageId }]);
      else {
        const verdictDueAt = this.#reviewEnd(found.submission);
        this.record([accepted, { type: 'SmsConfirmed', submissionId, messageId, verdictDueAt }]);
      }
      return { outcome: 'confirmed', submissionId, othersWaiting };
    }
    const tries = (found.wrongTries.get(mobile) ?? 0) + 1;
    const refused: SimEvent = { type: 'SmsCodeRefused', submissionId, mobile, messageId: this.#nextMessageId() };
    if (tries < maxWrongTries) {
      this.record([refused]);
      return { outcome: 'wrong', triesLeft: maxWrongTries - tries };
    }
    const messageId = this.#nextMessageId(1);
    this.record([refused, { type: 'SmsFailed', submissionId, messageId, cause: 'too_many_attempts' }]);
    return { outcome: 'too_many_attempts' };
  }

  /** Confirms all SMS of a submission as its principals would; for demonstrations. */
  confirmAllSms(submissionId: string): void {
    this.tick();
    const found = this.#getCase(submissionId);
    if (found.status !== 'sms_waiting') {
      throw new SimRefusal('conflict', `submission ${submissionId} is ${found.status}, it waits for no SMS`);
    }
    for (const { mobile, code, lastSix } of found.challenges) {
      if (!found.confirmed.has(mobile)) this.confirmSms(mobile, code, lastSix[0] ?? '');
    }
  }

  /** Sends the SMS of a mobile once more; `limit` (once more than it may): the filing goes back to the provider. */
  resendSms(mobile: string, lastSix: string): 'sent' | 'limit' | 'wrong' | 'nothing_waiting' {
    this.tick();
    const found = this.#listWaiting(mobile).at(-1);
    if (!found) return 'nothing_waiting';
    if (!challengeOf(found, mobile).lastSix.includes(certificateKey(lastSix))) return 'wrong';
    const submissionId = found.submission.id;
    if ((found.resent.get(mobile) ?? 0) < maxResends) {
      this.record([{ type: 'SmsResent', submissionId, mobile, messageId: this.#nextMessageId() }]);
      return 'sent';
    }
    const messageId = this.#nextMessageId();
    this.record([{ type: 'SmsFailed', submissionId, messageId, cause: 'too_many_attempts' }]);
    return 'limit';
  }

  /** Marks a message as received by the provider; again is no error. */
  acknowledge(messageId: string): void {
    const stored = this.state.messages.get(messageId);
    if (!stored) throw new SimRefusal('not_found', `no message ${messageId}`);
    if (stored.acknowledgedAt === null) this.record([{ type: 'MessageAcknowledged', messageId }]);
  }

  /** Enters records from elsewhere; the same set again changes nothing. */
  seedRecords(records: SeedRecords): void {
    const fingerprint = fingerprintOf(records);
    if (this.state.seeded.has(fingerprint)) return;
    const faults = this.state.registry.listSeedFaults(records);
    if (faults.length > 0) throw new SimRefusal('malformed', 'these records do not fit the register', faults);
    this.record([{ type: 'RecordsSeeded', fingerprint, records }]);
  }

  /** Orders a refusal: of this submission, or (null) of whichever is decided next. */
  planRejection(submissionId: string | null, reasons: readonly RefusalReason[]): void {
    if (submissionId !== null && this.state.cases.get(submissionId)?.outcome) {
      throw new SimRefusal('conflict', `submission ${submissionId} is closed already`);
    }
    const planId = `plan-${this.state.planCount + 1}`;
    this.record([{ type: 'RejectionPlanned', planId, submissionId, reasons }]);
  }

  /** Cancels a record, as its holder or the authority may, and sends the provider a message. A cancelled record cannot be cancelled again. */
  cancelRecord(cancellation: Cancellation): void {
    this.tick();
    if (!this.state.registry.exists(cancellation)) {
      throw new SimRefusal('not_found', `no record in force ${cancellation.number}`);
    }
    this.record([{ type: 'RecordCancelled', messageId: this.#nextMessageId(), ...cancellation }]);
  }

  /** Notes in the journal that a manual clock was moved, so that a restart does not go back in time. */
  noteClock(): void {
    this.record([{ type: 'ClockMoved' }]);
    this.tick();
  }

  /** From receipt to SMS, or straight back where the data are malformed: no SMS reaches a mobile that cannot exist. */
  #takeUp({ submission }: SubmissionCase): void {
    const submissionId = submission.id;
    const messageId = this.#nextMessageId();
    const today = dayOf(this.now());
    const lookOver = this.#options.lookOver ?? listFormFaults;
    const reasons = uniqueReasons(lookOver(submission, today));
    if (reasons.length > 0) {
      this.record([{ type: 'SubmissionRejected', submissionId, messageId, reasons, planId: null }]);
      return;
    }
    const challenges = this.#challengesFor(submission);
    if (challenges.length === 0) {
      const verdictDueAt = this.#reviewEnd(submission);
      this.record([{ type: 'VerdictAwaited', submissionId, verdictDueAt }]);
      return;
    }
    const dueAt = instantAfter(this.now(), this.#options.smsLifetimeMs);
    this.record([{ type: 'SmsRequested', submissionId, messageId, dueAt, challenges }]);
  }

  #challengesFor(submission: Submission): SmsChallenge[] {
    const { subject, kind } = submission;
    const { smsBy } = courseOf(kind);
    const people = smsBy
      .flatMap((one) =>
        one === 'subject_principal' ? subject.principal : partsOf(submission).map(({ service }) => service.principal),
      )
      // Interface V3.0 lets several numbers stand in one text; the first gets the SMS.
      .map((person) => ({ ...person, mobile: person.mobile.split(';')[0] ?? '' }));
    const mobiles = [...new Set(people.map((person) => person.mobile))];
    return mobiles.map((mobile) => {
      const owners = people.filter((person) => person.mobile === mobile);
      const number = seededNumber(1_000_000, this.#options.seed, 'sms', this.state.instance, submission.id, mobile);
      return {
        mobile,
        code: String(number).padStart(6, '0'),
        lastSix: [...new Set(owners.map((person) => lastSixOf(person.certificateNumber)))],
      };
    });
  }

  #reviewEnd(submission: Submission): string {
    const now = this.now();
    return this.#options.reviewEnd?.(submission, now) ?? instantAfter(now, this.#options.verdictAfterMs);
  }

  /** 备案密码 of a subject on record. */
  filingPassword(subjectNumber: string): string {
    return filingPasswordOf(this.#options.seed, subjectNumber);
  }

  #failSms({ submission }: SubmissionCase, cause: 'timed_out'): void {
    this.record([{ type: 'SmsFailed', submissionId: submission.id, messageId: this.#nextMessageId(), cause }]);
  }

  #decide({ submission }: SubmissionCase): void {
    const submissionId = submission.id;
    const messageId = this.#nextMessageId();
    const plans = [...this.state.plans.values()];
    const plan =
      plans.find((item) => item.submissionId === submissionId) ?? plans.find((item) => item.submissionId === null);
    const year = Number(dayOf(this.now()).slice(0, 4));
    const verdict = plan
      ? ({ outcome: 'rejected', reasons: plan.reasons } as const)
      : decideVerdict(submission, this.state.registry, year);
    if (verdict.outcome === 'approved') {
      const { outcome: _, ...numbers } = verdict;
      const isNew = submission.origin !== undefined && !this.state.registry.subjects.has(verdict.subjectNumber);
      const filingPassword = isNew ? this.filingPassword(verdict.subjectNumber) : undefined;
      this.record([
        {
          type: 'SubmissionApproved',
          submissionId,
          messageId,
          ...numbers,
          ...(filingPassword !== undefined && { filingPassword }),
        },
      ]);
    } else {
      const { reasons } = verdict;
      this.record([{ type: 'SubmissionRejected', submissionId, messageId, reasons, planId: plan?.planId ?? null }]);
    }
  }

  /** One command's facts: in the journal and synced when this returns, and then in the state; all of them or none. */
  record(events: readonly SimEvent[]): void {
    const record = { n: this.state.records + 1, at: this.now(), events };
    this.#options.journal.append(record);
    applyRecord(this.state, record);
    for (const { id, at } of events.flatMap(dueOf)) this.#due?.add(id, at);
  }

  /** @param further of the same commit that come before it */
  #nextMessageId(further = 0): string {
    return `msg-${this.state.instance}-${String(this.state.messages.size + 1 + further).padStart(6, '0')}`;
  }

  #getCase(submissionId: string): SubmissionCase {
    const found = this.state.cases.get(submissionId);
    if (!found) throw new SimRefusal('not_found', `no submission ${submissionId}`);
    return found;
  }

  /** What waits for the SMS of a mobile, the oldest first. */
  #listWaiting(mobile: string): SubmissionCase[] {
    return [...(this.state.byMobile.get(mobile) ?? [])].map((id) => this.#getCase(id));
  }

  #dueOfOpen(): DueTimes {
    const due = new DueTimes();
    for (const id of this.state.open) {
      const at = dueAtOf(this.#getCase(id));
      if (at !== null) due.add(id, at);
    }
    return due;
  }
}

function challengeOf(found: SubmissionCase, mobile: string): SmsChallenge {
  const challenge = found.challenges.find((item) => item.mobile === mobile);
  if (!challenge) throw new Error('asked for a mobile without an SMS');
  return challenge;
}

/** The same code at the same field once. */
function uniqueReasons(reasons: readonly RefusalReason[]): readonly RefusalReason[] {
  const byMark = new Map(reasons.map((reason) => [`${reason.code} ${reason.field}`, reason] as const));
  return [...byMark.values()];
}

/** When something falls due from this fact on. */
function dueOf(event: SimEvent): readonly { readonly id: string; readonly at: string }[] {
  if (event.type === 'SmsRequested') return [{ id: event.submissionId, at: event.dueAt }];
  if (event.type !== 'SmsConfirmed' && event.type !== 'VerdictAwaited') return [];
  return [{ id: event.submissionId, at: event.verdictDueAt }];
}

/** Null for one that waits for nothing that time brings. */
function dueAtOf({ status, verdictDueAt, smsDueAt }: SubmissionCase): string | null {
  if (status === 'deciding') return verdictDueAt;
  return status === 'sms_waiting' ? smsDueAt : null;
}

interface DueCase {
  readonly found: SubmissionCase;
  readonly at: string;
}

const byTimeThenReceipt = (one: DueCase, other: DueCase): number =>
  one.at === other.at ? (one.found.receipt < other.found.receipt ? -1 : 1) : one.at < other.at ? -1 : 1;

/** The same content gives the same fingerprint whatever the order of its keys. */
export function fingerprintOf(value: unknown): string {
  const sorted = (_key: string, item: unknown): unknown =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : item;
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}
