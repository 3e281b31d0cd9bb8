import { Fault } from '@openbeian/model/fault';
import type { IssueCodesCommand, IssueCodesOutcome } from '../../ports/code-ledger.ts';
import { readableOf, type Stored } from '../../ports/stored.ts';
import { isRefusedBy } from '../engine/database-errors.ts';
import type { Session } from '../engine/session.ts';
import { findIssuedOf } from '../queries/idempotency.ts';
import { issueParameters, issueStatement } from './issue-statement.ts';

const statements = {
  one: issueStatement({ several: false, waits: true }),
  severalWaiting: issueStatement({ several: true, waits: true }),
  severalSkipping: issueStatement({ several: true, waits: false }),
};

/** What the statement says of a command that passed the guard. */
interface Answer {
  readonly n: number;
  /** Places left in the ledger before this statement; null: unlimited. */
  readonly room: number | null;
  readonly issued: boolean;
}

/**
 * Issues the codes of one command in one autocommitted statement; waits for whatever is locked. See the port for what
 * it promises.
 */
export async function issueAlone(session: Session, command: IssueCodesCommand): Promise<IssueCodesOutcome> {
  for (;;) {
    let answer: Answer | null;
    try {
      answer = await session.row<Answer>(statements.one, issueParameters([command]));
    } catch (error) {
      // The failed statement wrote nothing, its claim of the key included.
      if (isRefusedBy(error, 'quota_spent_within_capacity')) return { outcome: 'quota_exhausted' };
      throw error;
    }
    if (answer?.issued) return issued(command);
    // Nothing was written. A new statement sees what the twin committed that this one waited for.
    const [earlier = null] = await earlierOutcomes(session, [command]);
    if (earlier !== null) return readableOf(earlier);
    // Or the known key has just been cleared away; whoever decides again by fresh facts finds it free.
    if (answer === null) return { outcome: 'facts_changed' };
    // The key was there and has been cleared away since: run again.
  }
}

/**
 * Issues several commands in one autocommitted statement: none of them twice under one key, and one capacity for each
 * ledger.
 * @returns for each its outcome; null: left out (locked, known key, changed facts, or behind one that does not fit), so
 * that it has to be issued alone.
 */
export async function issueTogether(
  session: Session,
  commands: readonly IssueCodesCommand[],
  waits: boolean,
): Promise<(IssueCodesOutcome | null)[]> {
  const text = waits ? statements.severalWaiting : statements.severalSkipping;
  const rows = await session.rows<Answer>(text, issueParameters(commands));
  const answers = new Map(rows.map((row) => [row.n, row]));
  const roomOf = new Map<string, number>();
  const outcomes = commands.map((command, n): IssueCodesOutcome | null => {
    const answer = answers.get(n);
    if (answer === undefined) return null;
    const { ledgerKey, codes } = command;
    const room = roomOf.get(ledgerKey) ?? answer.room ?? Number.POSITIVE_INFINITY;
    roomOf.set(ledgerKey, answer.issued ? room - codes.length : room);
    if (answer.issued) return issued(command);
    return codes.length > room ? { outcome: 'quota_exhausted' } : null;
  });
  if (outcomes.every((one) => one?.outcome !== 'quota_exhausted')) return outcomes;
  // A twin may have taken the last place while this statement waited for the ledger: then there is an answer already.
  const earlier = await earlierOutcomes(session, commands);
  return outcomes.map((one, n) => {
    if (one?.outcome !== 'quota_exhausted') return one;
    const before = earlier[n] ?? one;
    // One whose answer cannot be read shows it alone, and keeps nobody else.
    return before instanceof Fault ? null : before;
  });
}

const issued = (command: IssueCodesCommand): IssueCodesOutcome => ({
  outcome: 'issued',
  codeIds: command.codes.map((code) => code.id),
});

/** What was answered under each command's key; null where nothing was, the fault where it cannot be read. */
async function earlierOutcomes(
  session: Session,
  commands: readonly IssueCodesCommand[],
): Promise<(Stored<IssueCodesOutcome> | null)[]> {
  const stored = await findIssuedOf(
    session,
    commands.map(({ idempotency }) => idempotency),
  );
  return stored.map((row, n) => {
    if (row === null) return null;
    if (row.requestHash !== commands[n]?.idempotency.requestHash) return { outcome: 'key_reused' };
    if (row.response instanceof Fault) return row.response;
    return { outcome: 'replayed', codeIds: row.response.codeIds };
  });
}
