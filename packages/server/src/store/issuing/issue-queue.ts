import { isFault } from '@openbeian/model/fault';
import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import type { Session } from '../engine/session.ts';
import { Batcher } from './batcher.ts';
import { issueAlone, issueTogether } from './issue-statement.ts';

type Attempt = <T>(work: (session: Session) => Promise<T>) => Promise<T>;

/** Commands and codes of one statement: enough to share a commit, few enough to answer soon. */
const mostCommands = 64;
const mostCodes = 256;

/**
 * Group commit of issuing: the commands that come while one statement is under way share the next one. Whoever is
 * alone has a statement of its own; whoever waits for a lock waits with those who want the same ledger, and no one else.
 */
export class IssueQueue {
  readonly #attempt: Attempt;
  readonly #batcher: Batcher<IssueCodesCommand, IssueCodesOutcome>;
  readonly #byLedger = new Map<string, Batcher<IssueCodesCommand, IssueCodesOutcome>>();

  /** `attempt` runs work on a session of its own, outside of any transaction. */
  constructor(attempt: Attempt) {
    this.#attempt = attempt;
    this.#batcher = new Batcher({
      most: mostCommands,
      countTogether,
      run: async (commands) => {
        const outcomes = await this.#together(commands, false);
        return commands.map((command, index) => outcomes[index] ?? this.#waitForLedger(command));
      },
    });
  }

  issue(command: IssueCodesCommand): Promise<IssueCodesOutcome> {
    if (command.codes.length === 0) throw new RangeError('issueCodes was called for no code');
    return this.#batcher.ask(command);
  }

  async #waitForLedger(command: IssueCodesCommand): Promise<IssueCodesOutcome> {
    const { ledgerKey } = command;
    const batcher =
      this.#byLedger.get(ledgerKey) ?? new Batcher({ most: mostCommands, countTogether, run: this.#inTurn });
    this.#byLedger.set(ledgerKey, batcher);
    try {
      return await batcher.ask(command);
    } finally {
      if (batcher.idle) this.#byLedger.delete(ledgerKey);
    }
  }

  /** Together, and whoever is left out after that alone, one after the other; each fails for itself. */
  readonly #inTurn = async (commands: readonly IssueCodesCommand[]) => {
    const results: (IssueCodesOutcome | Promise<IssueCodesOutcome>)[] = [];
    const outcomes = await this.#together(commands, true);
    for (const [index, command] of commands.entries()) {
      const result = outcomes[index] ?? this.#alone(command);
      results.push(result);
      await Promise.resolve(result).catch(() => {});
    }
    return results;
  };

  async #together(commands: readonly IssueCodesCommand[], waits: boolean): Promise<(IssueCodesOutcome | null)[]> {
    const [only, ...others] = commands;
    if (only !== undefined && others.length === 0) return [await this.#alone(only)];
    try {
      return await this.#attempt((session) => issueTogether(session, commands, waits));
    } catch (error) {
      // The database is gone. Anything else may be one command's fault: each has to show by itself.
      if (isFault(error)) throw error;
      return commands.map(() => null);
    }
  }

  #alone(command: IssueCodesCommand): Promise<IssueCodesOutcome> {
    return this.#attempt((session) => issueAlone(session, command));
  }
}

/** No key twice, since the second has to see the first's answer; and one capacity for each ledger. */
function countTogether(commands: readonly IssueCodesCommand[]): number {
  if (commands.length === 1) return 1;
  const keys = new Set<string>();
  const capacities = new Map<string, number | null>();
  const fits = (ledgerKey: string, capacity: number | null) =>
    !capacities.has(ledgerKey) || capacities.get(ledgerKey) === capacity;
  let codes = 0;
  for (const [index, { idempotency, ledgerKey, capacity, codes: made }] of commands.entries()) {
    const key = JSON.stringify([idempotency.actorId, idempotency.operation, idempotency.key]);
    codes += made.length;
    if (keys.has(key) || !fits(ledgerKey, capacity) || (codes > mostCodes && index > 0)) return index;
    keys.add(key);
    capacities.set(ledgerKey, capacity);
  }
  return commands.length;
}
