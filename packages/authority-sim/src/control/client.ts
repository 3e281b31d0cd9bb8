import { z } from 'zod';
import type { Report } from '../conformance/judge.ts';

const phoneShape = z.object({
  texts: z.array(
    z.object({
      mobile: z.string(),
      sentAt: z.string(),
      submissionId: z.string(),
      kind: z.enum(['verification', 'approved', 'rejected']),
      code: z.string().nullable(),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});
const smsAnswerShape = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('confirmed'), submissionId: z.string(), othersWaiting: z.number() }),
  z.object({ outcome: z.literal('wrong'), triesLeft: z.number() }),
  z.object({ outcome: z.literal('too_many_attempts') }),
  z.object({ outcome: z.literal('nothing_waiting') }),
]);
const resendAnswerShape = z.object({ outcome: z.enum(['sent', 'limit', 'wrong', 'nothing_waiting']) });
const confirmedShape = z.object({
  confirmed: z.number(),
  left: z.array(z.object({ submissionId: z.string(), mobiles: z.array(z.string()) })),
});
const stateShape = z.object({
  now: z.string(),
  submissions: z.array(z.object({ id: z.string(), status: z.string(), receipt: z.string() })),
  subjects: z.array(z.object({ number: z.string(), name: z.string(), filingPassword: z.string() })),
  services: z.array(z.object({ number: z.string(), domainName: z.string(), accesses: z.array(z.string()) })),
  unacknowledgedMessages: z.number(),
});

const portalShape = z.object({ validStatus: z.number() });
const lineShape = z.object({ unit: z.number(), province: z.string() });
const linesShape = z.object({
  lines: z.array(
    z.object({
      line: lineShape,
      isOpen: z.boolean(),
      lastSequence: z.number(),
      waiting: z.number(),
      unacknowledged: z.array(z.object({ fileName: z.string(), madeAt: z.string() })),
      acknowledged: z.number(),
      asked: z.array(z.object({ ask: z.string(), answer: z.number().nullable() })),
    }),
  ),
});
const playedShape = z.object({
  played: z.array(
    z.object({ n: z.number(), at: z.string(), name: z.string(), line: lineShape, about: z.string().nullable() }),
  ),
});

/** A simulator's levers from outside: the phones, the SMS page, the clock, the next refusal. */
export interface SimControls {
  /** All texts, or those of one mobile, newest first. */
  listPhone(mobile?: string): Promise<z.output<typeof phoneShape>['texts']>;
  confirmSms(mobile: string, code: string, lastSix: string): Promise<z.output<typeof smsAnswerShape>>;
  /** Has an SMS sent once more. */
  resendSms(mobile: string, lastSix: string): Promise<z.output<typeof resendAnswerShape>['outcome']>;
  /** Confirms every SMS of a submission as its principals would. */
  confirmAllSms(submissionId: string): Promise<void>;
  /** One try on the page for SMS verification, answered as the ministry's answers (`validStatus`). */
  verifyOnPortal(mobile: string, code: string, lastSix: string): Promise<number>;
  /** Asks for an SMS once more, with the same kind of answer. */
  resendOnPortal(mobile: string, lastSix: string): Promise<number>;
  /** Confirms every SMS of every filing that waits for one, but for those of these mobiles; answers of how many, and which are left. */
  confirmEverySms(butFor?: readonly string[]): Promise<z.output<typeof confirmedShape>>;
  /** The next verdict (on this submission, or null: on any) is a refusal with these reasons. */
  rejectNext(
    submissionId: string | null,
    reasons: readonly { code: string; field: string | null; text: string }[],
  ): Promise<void>;
  /** Cancels a record; the provider is told by a message. */
  cancelRecord(scope: 'subject' | 'service' | 'access', number: string, provider?: string): Promise<void>;
  /** Delivers every message once more, acknowledged ones too. */
  redeliverAll(): Promise<void>;
  /** Moves a manual clock by an ISO 8601 span, e.g. PT24H. */
  advanceClock(by: string): Promise<void>;
  seedRecords(records: unknown): Promise<void>;
  /** Lines of interface V3.0 over which somebody has called. */
  listLines(): Promise<z.output<typeof linesShape>['lines']>;
  /** Has the authority say something over interface V3.0: a task, a correction, a list … (`POST /control/v3/notices`). */
  say(notice: Readonly<Record<string, unknown>>): Promise<void>;
  /** Alters the authority’s books without anybody being told (`POST /control/v3/books`), so that a provider’s differ from them. */
  alterBooks(change: Readonly<Record<string, unknown>>): Promise<void>;
  /** Plays a fault of interface V3.0 at the next chances, on any line or on one. */
  playFault(name: string, times?: number, line?: { readonly unit: number; readonly province: string }): Promise<void>;
  /** Faults that were played, the oldest first. */
  listFaults(): Promise<z.output<typeof playedShape>['played']>;
  /** What a provider's system has done right and wrong over interface V3.0 until now. */
  getConformance(): Promise<Report>;
  getState(): Promise<z.output<typeof stateShape>>;
}

/** Speaks to the simulator at `url`. Every call throws an Error with the answer's text unless it succeeds. */
export function createSimControls(url: string): SimControls {
  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`/control/${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
  return {
    listPhone: async (mobile) => {
      const query = mobile === undefined ? '' : `?mobile=${encodeURIComponent(mobile)}`;
      return phoneShape.parse(await call('GET', `phone${query}`)).texts;
    },
    confirmSms: async (mobile, code, lastSix) =>
      smsAnswerShape.parse(await call('POST', 'sms/confirmations', { mobile, code, lastSix })),
    resendSms: async (mobile, lastSix) =>
      resendAnswerShape.parse(await call('POST', 'sms/resends', { mobile, lastSix })).outcome,
    confirmAllSms: async (submissionId) => {
      await call('POST', `submissions/${encodeURIComponent(submissionId)}/sms-confirmation`);
    },
    verifyOnPortal: async (mobile, code, lastSix) =>
      portalShape.parse(await call('POST', 'sms/portal', { mobile, code, lastSix })).validStatus,
    resendOnPortal: async (mobile, lastSix) =>
      portalShape.parse(await call('POST', 'sms/portal-resends', { mobile, lastSix })).validStatus,
    confirmEverySms: async (butFor = []) => confirmedShape.parse(await call('POST', 'sms/confirm-all', { butFor })),
    rejectNext: async (submissionId, reasons) => {
      await call('POST', 'rejections', { submissionId, reasons });
    },
    cancelRecord: async (scope, number, provider) => {
      await call('POST', 'cancellations', { scope, number, ...(provider !== undefined && { provider }) });
    },
    redeliverAll: async () => {
      await call('POST', 'messages/redelivery');
    },
    advanceClock: async (by) => {
      await call('POST', 'clock', { advance: by });
    },
    seedRecords: async (records) => {
      await call('POST', 'records', records);
    },
    listLines: async () => linesShape.parse(await call('GET', 'v3/lines')).lines,
    say: async (notice) => {
      await call('POST', 'v3/notices', notice);
    },
    alterBooks: async (change) => {
      await call('POST', 'v3/books', change);
    },
    playFault: async (name, times = 1, line) => {
      await call('POST', 'v3/faults', { name, times, ...(line && { line }) });
    },
    listFaults: async () => playedShape.parse(await call('GET', 'v3/faults')).played,
    // The simulator makes it by that very type.
    getConformance: async () => (await call('GET', 'v3/conformance')) as Report,
    getState: async () => stateShape.parse(await call('GET', 'state')),
  };
}
