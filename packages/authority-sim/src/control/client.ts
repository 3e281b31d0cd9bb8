import { z } from 'zod';

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
const stateShape = z.object({
  now: z.string(),
  submissions: z.array(z.object({ id: z.string(), status: z.string(), receipt: z.string() })),
  subjects: z.array(z.object({ number: z.string(), name: z.string() })),
  services: z.array(z.object({ number: z.string(), domainName: z.string(), accesses: z.array(z.string()) })),
  unacknowledgedMessages: z.number(),
});

/** A simulator's levers from outside: the phones, the SMS page, the clock, the next refusal. */
export interface SimControls {
  /** All texts, newest first. */
  listPhone(): Promise<z.output<typeof phoneShape>['texts']>;
  confirmSms(mobile: string, code: string, lastSix: string): Promise<z.output<typeof smsAnswerShape>>;
  /** Confirms every SMS of a submission as its principals would. */
  confirmAllSms(submissionId: string): Promise<void>;
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
    listPhone: async () => phoneShape.parse(await call('GET', 'phone')).texts,
    confirmSms: async (mobile, code, lastSix) =>
      smsAnswerShape.parse(await call('POST', 'sms/confirmations', { mobile, code, lastSix })),
    confirmAllSms: async (submissionId) => {
      await call('POST', `submissions/${encodeURIComponent(submissionId)}/sms-confirmation`);
    },
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
    getState: async () => stateShape.parse(await call('GET', 'state')),
  };
}
