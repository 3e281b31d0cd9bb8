import { ProblemError, randomKey } from '@openbeian/contract/calling';
import { type AnswerOf, call } from '../../api/client.ts';
import type { Piece } from './pieces.ts';

export type Comparison = AnswerOf<'compareInventory'>;

/** How complete an inventory is said to be. */
export type Complete = 'no' | 'accounts' | 'all';

/** The server refused a piece: its paths are those of the piece. */
export class PieceError extends Error {
  readonly piece: Piece;
  constructor(piece: Piece, cause: unknown) {
    super('a piece was refused', { cause });
    this.piece = piece;
  }
}

interface Run {
  readonly pieces: readonly Piece[];
  /** Told after each piece how many resources were dealt with. */
  readonly onProgress: (resources: number) => void;
  readonly signal: AbortSignal;
}

/** What importing all pieces would change. @throws PieceError for the first that is refused */
export async function comparePieces(run: Run, complete: Complete): Promise<Comparison> {
  const products = [...new Set(run.pieces.flatMap(productsOf))].join(',');
  const answers = await eachPiece(run, ({ document, after, until }) => {
    const range = {
      ...(after && { afterAccount: after.account, afterResource: after.id }),
      ...(until && { untilAccount: until.account, untilResource: until.id }),
    };
    const about = complete === 'no' ? {} : { complete, ...range, ...(products !== '' && { products }) };
    return call('compareInventory', { body: document, query: about }, { signal: run.signal });
  });
  return answers.reduce(together);
}

/** Imports all pieces, one after the other. @throws PieceError for the first that is refused; those before it are imported */
export async function importPieces(
  run: Run,
): Promise<{ readonly accounts: number; readonly resources: number; readonly changed: number }> {
  // Sent again after a lost answer, a piece is imported once.
  const keys = new Map(run.pieces.map((piece) => [piece, randomKey()]));
  const answers = await eachPiece(run, (piece) =>
    call('putInventory', { body: piece.document }, { idempotencyKey: keys.get(piece) ?? randomKey() }),
  );
  return answers.reduce(
    (sum, { accounts, resources, changed }) => ({
      accounts: sum.accounts + accounts,
      resources: sum.resources + resources,
      changed: sum.changed + changed.length,
    }),
    { accounts: 0, resources: 0, changed: 0 },
  );
}

/** How often a piece is sent again, and for how long is waited where the server does not say. */
const mostTries = 20;
const ordinaryWaitSeconds = 2;

async function eachPiece<Answer>(
  { pieces, onProgress, signal }: Run,
  ask: (piece: Piece) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let done = 0;
  for (const piece of pieces) {
    try {
      answers.push(await patiently(() => ask(piece), signal));
    } catch (error) {
      throw new PieceError(piece, error);
    }
    done += piece.resources;
    onProgress(done);
  }
  return answers;
}

/** Waits where the server is busy, or where one has asked for too much at once. */
async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      const mayPass = error instanceof ProblemError && (error.status === 429 || error.status === 503);
      if (!mayPass || tried >= mostTries) throw error;
      await wait(error.problem.retryAfterSeconds ?? ordinaryWaitSeconds, signal);
    }
  }
}

const wait = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

const productsOf = ({ document }: Piece): string[] => {
  const { resources } = document as { readonly resources?: unknown };
  if (!Array.isArray(resources)) return [];
  return resources.map((one) => `${String(one?.provider)}/${String(one?.product)}`);
};

function together(a: Comparison, b: Comparison): Comparison {
  const [one, two] = [a.counts, b.counts];
  return {
    counts: {
      accounts: {
        new: one.accounts.new + two.accounts.new,
        changed: one.accounts.changed + two.accounts.changed,
        same: one.accounts.same + two.accounts.same,
      },
      resources: {
        new: one.resources.new + two.resources.new,
        changed: one.resources.changed + two.resources.changed,
        same: one.resources.same + two.resources.same,
        gone: one.resources.gone + two.resources.gone,
        breaking: one.resources.breaking + two.resources.breaking,
      },
    },
    accounts: [...a.accounts, ...b.accounts],
    new: [...a.new, ...b.new],
    changed: [...a.changed, ...b.changed],
    gone: [...a.gone, ...b.gone],
    breaking: [...a.breaking, ...b.breaking],
    leftOut: a.leftOut + b.leftOut,
  };
}
