import type { FlowDeps } from '../flows/command/deps.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { mailPeople } from '../flows/person/mail-people.ts';
import { Rounds } from './rounds.ts';

/** Mails notices and one-time links, apart from the other work: a mail server that hangs must not hold up filings. */
export class NoticeMailer {
  readonly #rounds: Rounds;

  constructor(
    deps: FlowDeps,
    options: { readonly pollMs: number | (() => number); readonly onError: (error: unknown, during: 'mail') => void },
  ) {
    const guarded = async (mail: (deps: FlowDeps) => Promise<number>): Promise<number> => {
      try {
        return await mail(deps);
      } catch (error) {
        options.onError(error, 'mail');
        return 0;
      }
    };
    // One-time links first: somebody waits for them. Neither keeps the other.
    this.#rounds = new Rounds(async () => (await guarded(mailPeople)) + (await guarded(mailNotices)), options.pollMs);
  }

  get rounds(): Pick<Rounds, 'state' | 'wake'> {
    return this.#rounds;
  }

  start(): void {
    this.#rounds.start();
  }

  /** Ends after the present round. */
  stop(): Promise<void> {
    return this.#rounds.stop();
  }
}
