import { ProblemError, randomKey, UnreachableError } from '@openbeian/contract/calling';
import { type AnswerOf, call } from '../../api/client.ts';
import { type Piece, piecesOf } from './pieces.ts';

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

export interface Run {
  readonly pieces: readonly Piece[];
  /** Told after each piece how many resources were dealt with. */
  readonly onProgress: (resources: number) => void;
  readonly signal: AbortSignal;
}

/** What importing all pieces would change. @throws PieceError for the first that is refused */
export async function comparePieces(run: Run, complete: Complete): Promise<Comparison> {
  const products = [...new Set(run.pieces.flatMap(productsOf))].join(',');
  const answers = await eachPiece(run, ({ compared, resources, after, until }) => {
    const query = {
      ...(after && { afterAccount: after.account, afterResource: after.id }),
      ...(until && { untilAccount: until.account, untilResource: until.id }),
      // A piece with accounts alone is before all resources, and complete for none.
      ...(complete !== 'no' && resources > 0 && { complete, ...(products !== '' && { products }) }),
    };
    return patiently(() => call('compareInventory', { body: compared, query }, { signal: run.signal }), run.signal);
  });
  return answers.reduce(together);
}

/** Imports all pieces, one after the other. @throws PieceError for the first that is refused; those before it are imported */
export async function importPieces(
  run: Run,
): Promise<{ readonly accounts: number; readonly resources: number; readonly changed: number }> {
  const answers = await eachPiece(run, ({ document }) => putPatiently(document, run.signal));
  return answers.reduce(
    (sum, { accounts, resources, changed }) => ({
      accounts: sum.accounts + accounts,
      resources: sum.resources + resources,
      changed: sum.changed + changed.length,
    }),
    { accounts: 0, resources: 0, changed: 0 },
  );
}

/** Sent again after a lost answer, an inventory is imported once. */
function putPatiently(body: Piece['document'], signal: AbortSignal): Promise<AnswerOf<'putInventory'>> {
  const idempotencyKey = randomKey();
  return patiently(() => call('putInventory', { body }, { idempotencyKey }), signal);
}

export interface Released {
  readonly released: number;
  /** Those that were left as they are, since they changed after they had been compared. */
  readonly kept: number;
}

/**
 * Marks resources as released, but for those of which anything changed since they were compared: what is sent are the facts of
 * then. @throws PieceError with paths that begin with the resource's id
 */
export async function releaseResources(run: Omit<Run, 'pieces'>, gone: Comparison['gone']): Promise<Released> {
  const resources = gone.map(({ facts }) => ({ ...facts, state: 'released' }));
  const pieces = piecesOf({ accounts: [], resources }).map((piece) => ({ ...piece, wholePath: byId(piece) }));
  let released = 0;
  await eachPiece({ ...run, pieces }, async (piece) => {
    const unchanged = await onlyReleased(piece, run.signal);
    if (unchanged.length === 0) return;
    await putPatiently({ accounts: [], resources: unchanged }, run.signal);
    released += unchanged.length;
  });
  return { released, kept: resources.length - released };
}

/** Those of a piece that differ from what the server has now in being released, and in nothing else. */
async function onlyReleased({ document }: Piece, signal: AbortSignal): Promise<readonly Named[]> {
  const compare = () => call('compareInventory', { body: document, query: {} }, { signal });
  const { changed } = await patiently(compare, signal);
  const isReleaseAlone = changed.filter(({ fields }) => fields.length === 1 && fields[0]?.field === 'state');
  const ids = new Set(isReleaseAlone.map(({ id }) => id));
  return namedIn(document).filter(({ id }) => ids.has(id));
}

interface Named {
  readonly id: string;
}

/** The resources of a piece that was made of the server's own answer. */
const namedIn = ({ resources }: Piece['document']): readonly Named[] => resources as readonly Named[];

const byId = ({ document }: Piece): Piece['wholePath'] => {
  const resources = namedIn(document);
  return (path) => path.replace(/^resources\[(\d+)\]/, (found, index) => resources[Number(index)]?.id ?? found);
};

/** How often a piece is sent again, and for how long is waited where the server does not say. */
const mostTries = 20;
const ordinaryWaitSeconds = 2;

async function eachPiece<Answer>(
  { pieces, onProgress }: Omit<Run, 'signal'>,
  ask: (piece: Piece) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let done = 0;
  for (const piece of pieces) {
    try {
      answers.push(await ask(piece));
    } catch (error) {
      throw new PieceError(piece, error);
    }
    done += piece.resources;
    onProgress(done);
  }
  return answers;
}

/** Waits where the line broke, where the server is busy or starts again, or where one has asked for too much at once. */
async function patiently<Answer>(ask: () => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    try {
      return await ask();
    } catch (error) {
      if (!mayPass(error) || tried >= mostTries) throw error;
      const seconds = error instanceof ProblemError ? error.problem.retryAfterSeconds : undefined;
      await wait(seconds ?? ordinaryWaitSeconds, signal);
    }
  }
}

const mayPass = (error: unknown): boolean =>
  error instanceof UnreachableError ||
  (error instanceof ProblemError && (error.status === 429 || error.status === 503));

const wait = (seconds: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
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
