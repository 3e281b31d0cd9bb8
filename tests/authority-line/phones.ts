import { setTimeout as pause } from 'node:timers/promises';
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
const lookEveryMs = 250;
const patienceMs = 900_000;

/** Answers of the page (`validStatus`). */
const page = { noSuchCode: 4, over: 21, sentAgain: 101, sentTooOften: 102 } as const;

/** A person's telephone, and what the page asks of whoever has it. */
interface Phone {
  readonly mobile: string;
  readonly lastSix: string;
}

/** `act`: what they do once the filing was submitted; it throws where the page answers otherwise than it should. `end`: it was decided. */
interface Preparation {
  readonly act: () => Promise<void>;
  readonly end: () => void;
}

/** The telephones of the people of filings: everybody confirms at once, but for those whose filing goes wrong. */
export class Phones {
  readonly #controls: LineWorld['controls'];
  readonly #held = new Set<string>();

  constructor(controls: LineWorld['controls']) {
    this.#controls = controls;
  }

  /** Everybody confirms what has come, but for who is busy with one that goes wrong. */
  async confirmOthers(): Promise<void> {
    await this.#controls.confirmEverySms([...this.#held]);
  }

  /** From before a filing is submitted: its people do what is said with the next SMS, instead of confirming it. */
  async prepare(values: FormValues, manner: SmsManner): Promise<Preparation> {
    const phones = phonesOf(values);
    const end = () => {
      for (const { mobile } of phones) this.#held.delete(mobile);
    };
    for (const { mobile } of phones) this.#held.add(mobile);
    const before = new Set((await this.#verifications(phones)).map(({ submissionId }) => submissionId));
    const act = async () => {
      const text = await this.#next(phones, before);
      const phone = phones.find(({ mobile }) => mobile === text.mobile);
      if (phone === undefined || text.code === null) throw new Error('an SMS for nobody here, or without a code');
      await this.#act(phone, text.code, manner);
      // Who only mistyped goes on as everybody else.
      if (manner === 'mistyped') end();
    };
    return { act, end };
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

  async #verifications(phones: readonly Phone[]) {
    const texts = await Promise.all(phones.map(({ mobile }) => this.#controls.listPhone(mobile)));
    return texts.flat().filter(({ kind }) => kind === 'verification');
  }

  async #next(phones: readonly Phone[], before: ReadonlySet<string>) {
    for (const endMs = performance.now() + patienceMs; performance.now() < endMs; ) {
      const found = (await this.#verifications(phones)).find(({ submissionId }) => !before.has(submissionId));
      if (found !== undefined) return found;
      await pause(lookEveryMs);
    }
    throw new Error('no SMS has come');
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
