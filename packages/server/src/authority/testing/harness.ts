import { isFault } from '@openbeian/model/fault';
import { fictionalCompany, fictionalPerson } from '@openbeian/model/fictional';
import { courseOf } from '@openbeian/model/filing';
import type { Authority, AuthorityMessage, AuthorityPrincipal, AuthoritySubmission } from '../../ports/authority.ts';

/** What the suite needs of a test authority beside the port: its phones, its clock and its levers. */
export interface AuthorityLevers {
  /** All texts sent so far, newest first. */
  listPhone(): Promise<readonly { mobile: string; submissionId: string; code: string | null }[]>;
  confirmSms(mobile: string, code: string, lastSix: string): Promise<{ outcome: string }>;
  /** The next verdict (on this submission, or null: on any) is a refusal with these reasons. */
  rejectNext(
    submissionId: string | null,
    reasons: readonly { code: string; field: string | null; text: string }[],
  ): Promise<void>;
  /** Cancels a record. */
  cancelRecord(scope: 'subject' | 'service' | 'access', number: string, provider?: string): Promise<void>;
  /** Delivers every message once more, acknowledged ones too. */
  redeliverAll(): Promise<void>;
  /** Moves its clock by an ISO 8601 span such as PT24H. */
  advanceClock(by: string): Promise<void>;
}

/** A real authority (simulated, but reached through its wire) and the adapter under test. */
export interface AuthorityUnderTest {
  /** The adapter; a restart replaces it. */
  readonly authority: Authority;
  readonly levers: AuthorityLevers;
  /** Kills it as `kill -9` does and starts it again on what it had kept. Only with `ownProcess`. */
  killAndRestart(): Promise<void>;
  close(): Promise<void>;
}

export interface AuthorityStart {
  /** Without duplicates, lateness, disorder and outages. */
  readonly calm: boolean;
  readonly seed: number;
  /** Its clock shows this time until it is moved. */
  readonly startAt: string;
  /** Records that exist elsewhere, in the simulator's own shape. */
  readonly records?: unknown;
  /** As a process that can be killed. */
  readonly ownProcess?: boolean;
}
export type StartAuthority = (start: AuthorityStart) => Promise<AuthorityUnderTest>;

/** From the last SMS confirmation to the verdict; every start keeps to it. */
export const verdictAfter = 'PT10S';
export const startAt = '2026-11-21T01:30:00.000Z';

/** Tries again while the authority is out of reach, as the outbox does. */
export async function insist<T>(act: () => Promise<T>, onOutage: () => void = () => {}): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!isFault(error, 'authority.unreachable') || tries === 10) throw error;
      onOutage();
    }
  }
}

/** The next messages, every one of which must be readable. */
export async function fetchReadable(authority: Authority, limit: number): Promise<AuthorityMessage[]> {
  return (await authority.fetchMessages(limit)).map((message) => {
    if (message.kind === 'unreadable') throw new Error(`${message.messageId} cannot be read`);
    return message;
  });
}

/** Fetches and acknowledges until nothing comes any more. */
export async function takeMessages({ authority }: AuthorityUnderTest): Promise<AuthorityMessage[]> {
  const taken: AuthorityMessage[] = [];
  for (;;) {
    const batch = await fetchReadable(authority, 100);
    if (batch.length === 0) return taken;
    for (const message of batch) await authority.acknowledge(message.messageId);
    taken.push(...batch);
  }
}

/** Without what is said of one person's SMS, which not every authority's interface says. */
export const onSubmissions = <Message extends { readonly kind: string }>(messages: readonly Message[]): Message[] =>
  messages.filter(({ kind }) => kind !== 'sms_progress');

/** Enters every code on the SMS page that the submission's principals were sent. */
export async function confirmAll({ levers }: AuthorityUnderTest, submission: AuthoritySubmission): Promise<void> {
  for (const text of await textsOf(levers, submission)) {
    const answer = await levers.confirmSms(text.mobile, text.code ?? '', lastSixFor(submission, text.mobile));
    if (answer.outcome !== 'confirmed') throw new Error(`the SMS page answered ${answer.outcome}`);
  }
}

export async function textsOf(levers: AuthorityLevers, submission: AuthoritySubmission) {
  const texts = await levers.listPhone();
  return texts.filter((text) => text.submissionId === submission.id && text.code !== null);
}

export function lastSixFor({ subject, service }: AuthoritySubmission, mobile: string): string {
  const owner = [subject.principal, service.principal].find((person) => person.mobile === mobile);
  return owner?.certificateNumber.slice(-6) ?? '';
}

/** The submission that a message is about; null for one about a record. */
export function submissionOf(message: AuthorityMessage): string | null {
  return message.kind === 'cancelled' ? null : message.submissionId;
}

/** From handing over to the verdict: its message. */
export async function runToVerdict(
  test: AuthorityUnderTest,
  submission: AuthoritySubmission,
): Promise<AuthorityMessage> {
  await test.authority.submit(submission);
  await confirmAll(test, submission);
  await test.levers.advanceClock(verdictAfter);
  const messages = (await takeMessages(test)).filter((message) => submissionOf(message) === submission.id);
  const verdict = messages.at(-1);
  if (!verdict) throw new Error('no message came');
  return verdict;
}

/** A person of a seed as a principal. */
export function principal(seed: number): AuthorityPrincipal {
  const { name, residentId, mobile, emergencyMobile, email } = fictionalPerson(seed);
  return { name, certificateType: 'resident_id', certificateNumber: residentId, mobile, emergencyMobile, email };
}

interface Changes extends Partial<Pick<AuthoritySubmission, 'id' | 'kind' | 'provinceCode' | 'provider' | 'access'>> {
  readonly subject?: Partial<AuthoritySubmission['subject']>;
  readonly service?: Partial<AuthoritySubmission['service']>;
}

/** A well-formed first filing of a company in Guangdong with two principals; every seed is another company and name. */
export function firstFiling(seed: number, changes: Changes = {}): AuthoritySubmission {
  const company = fictionalCompany(seed);
  return {
    id: `exc_${seed}`,
    filingId: `fil_${seed}`,
    kind: 'first',
    operation: courseOf(changes.kind ?? 'first').operation ?? { act: 'add', of: [] },
    provinceCode: '440000',
    provider: 'xinghe',
    access: { resourceId: `ins-${seed}`, ipAddresses: ['203.0.113.7', '2001:db8::7'] },
    ...changes,
    subject: {
      kind: 'enterprise',
      number: null,
      name: company.name,
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
      certificateAddress: company.address,
      contactAddress: company.address,
      principal: principal(seed),
      ...changes.subject,
    },
    service: {
      kind: 'website',
      number: null,
      name: `示例网站第${seed}号`,
      domainName: `example${seed}.cn`,
      homeUrl: `www.example${seed}.cn`,
      content: 'portal',
      languages: ['zh-Hans'],
      preApproval: 'none',
      remark: '',
      principal: principal(seed + 1),
      ...changes.service,
    },
  };
}
