import type { FormValues } from '@openbeian/model/forms';
import type { LineWorld } from './line-world.ts';

/**
 * What a person does with the SMS of a filing. `mistyped`: a wrong code, asks for another SMS, then confirms; `wrong_codes`: too many
 * wrong codes; `expired`: nothing until it is too late; `refused`: asks for it again and again, and is sent none any more.
 */
export const smsManners = ['mistyped', 'wrong_codes', 'expired', 'refused'] as const;
export type SmsManner = (typeof smsManners)[number];

/** How often the page takes a wrong code, and how often it sends an SMS again. */
const [wrongCodes, resends] = [5, 3];
/** Answers of the page (`validStatus`). */
const page = { noSuchCode: 4, over: 21, sentAgain: 101, sentTooOften: 102 } as const;

/** A person's telephone, and what the page asks of whoever has it. */
interface Phone {
  readonly mobile: string;
  readonly lastSix: string;
}

/** A filing whose people do not simply confirm. */
interface Prepared {
  readonly phones: readonly Phone[];
  readonly manner: SmsManner;
  readonly done: PromiseWithResolvers<void>;
  isDone: boolean;
}

/** `acted`: they have done what they do; it fails where the page answers otherwise than it should. `end`: it was decided. */
export interface Preparation {
  readonly acted: Promise<void>;
  readonly end: () => void;
}

/** The telephones of the people of filings: everybody confirms at once, but for those whose filing goes wrong. */
export class Phones {
  readonly #controls: LineWorld['controls'];
  /** By the mobiles of its people. */
  readonly #held = new Map<string, Prepared>();

  constructor(controls: LineWorld['controls']) {
    this.#controls = controls;
  }

  /** Everybody does with what has come what they do with it; time does not go on meanwhile. */
  async act(): Promise<void> {
    const { left } = await this.#controls.confirmEverySms([...this.#held.keys()]);
    for (const { submissionId, mobiles } of left) {
      const prepared = mobiles.map((mobile) => this.#held.get(mobile)).find((one) => one?.isDone === false);
      if (prepared === undefined) continue;
      prepared.isDone = true;
      await this.#actOn(prepared, submissionId).then(prepared.done.resolve, prepared.done.reject);
    }
  }

  /** From before a filing is submitted: its people do what is said with the next SMS, instead of confirming it. */
  prepare(values: FormValues, manner: SmsManner): Preparation {
    const phones = phonesOf(values);
    const done = Promise.withResolvers<void>();
    const prepared: Prepared = { phones, manner, done, isDone: false };
    for (const { mobile } of phones) this.#held.set(mobile, prepared);
    return { acted: done.promise, end: () => this.#letGo(prepared) };
  }

  #letGo(prepared: Prepared): void {
    for (const { mobile } of prepared.phones) if (this.#held.get(mobile) === prepared) this.#held.delete(mobile);
  }

  async #actOn(prepared: Prepared, submissionId: string): Promise<void> {
    const { phones, manner } = prepared;
    const texts = await Promise.all(phones.map(({ mobile }) => this.#controls.listPhone(mobile)));
    const text = texts.flat().find((one) => one.kind === 'verification' && one.submissionId === submissionId);
    const phone = phones.find(({ mobile }) => mobile === text?.mobile);
    if (phone === undefined || !text?.code) throw new Error('an SMS for nobody here, or without a code');
    await this.#act(phone, text.code, manner);
    // Who only mistyped goes on as everybody else.
    if (manner === 'mistyped') this.#letGo(prepared);
  }

  async #act({ mobile, lastSix }: Phone, code: string, manner: SmsManner): Promise<void> {
    const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
    const type = (typed: string) => this.#controls.verifyOnPortal(mobile, typed, lastSix);
    const again = () => this.#controls.resendOnPortal(mobile, lastSix);
    if (manner === 'mistyped') {
      expectOf('a wrong code', await type(wrong), page.noSuchCode);
      expectOf('another SMS', await again(), page.sentAgain);
    }
    if (manner === 'wrong_codes') {
      for (let tries = 1; tries < wrongCodes; tries += 1) expectOf('a wrong code', await type(wrong), page.noSuchCode);
      expectOf('the last wrong code', await type(wrong), page.over);
    }
    if (manner === 'refused') {
      for (let times = 0; times < resends; times += 1) expectOf('another SMS', await again(), page.sentAgain);
      expectOf('one SMS too many', await again(), page.sentTooOften);
    }
  }
}

function phonesOf(values: FormValues): Phone[] {
  const text = (path: string) => (typeof values[path] === 'string' ? values[path] : '');
  const subject = {
    mobile: text('subject.principal.mobile'),
    lastSix: text('subject.principal.certificateNumber') || text('subject.certificateNumber'),
  };
  const service = {
    mobile: text('service.principal.mobile'),
    lastSix: text('service.principal.certificateNumber'),
  };
  return [subject, service].flatMap(({ mobile, lastSix }) =>
    mobile === '' ? [] : [{ mobile, lastSix: lastSix.slice(-6) }],
  );
}

function expectOf(what: string, answer: number, expected: number): void {
  if (answer !== expected) throw new Error(`${what} is answered ${answer} instead of ${expected}`);
}
