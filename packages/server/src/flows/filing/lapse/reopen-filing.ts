import { type FaultCode, faultCatalogue, isFault } from '@openbeian/model/fault';
import type { FilingRow, LapseRow } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { command, query } from '../../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../../command/page.ts';
import { sayIn } from '../../command/said.ts';
import { makeFault } from '../../command/step.ts';
import { type FilingStepInput, filingStep } from '../filing-step.ts';
import { filingViewOf } from '../filing-view.ts';
import { undoFaults, undoLapse } from './undo-lapse.ts';
import { undoUntil } from './undo-until.ts';

/** An operator reopens a filing that lapsed. */
export const reopenFiling = filingStep(
  { id: 'reopenFiling', faults: undoFaults },
  async (step, filing, input: FilingStepInput & { readonly comment: string }) => {
    const comment = await sayIn(step, 'audit', input.comment);
    const reopened = await undoLapse(step, filing);
    const about = { kind: 'filing', id: filing.id } as const;
    await recordAudit(step, 'FilingReopened', about, { state: reopened.state, comment });
    return reopened;
  },
);

/** Instants, both included. */
interface LapsesWithin {
  readonly from: string;
  readonly to: string;
}

const byTime: ListOrder<LapseRow> = {
  name: 'lapses',
  columns: ['instant', 'text'],
  positionOf: ({ lapsedAt, filingId }) => [lapsedAt, filingId],
};

/** Filings that lapsed between two instants, the earliest first, with what they lapsed from. */
export const listLapsedFilings = query(
  { id: 'listLapsedFilings', faults: [], mayLag: true },
  async (step, input: LapsesWithin & PageInput) => {
    const { deps, tx, actor } = step;
    const { from, to } = input;
    const { rows, next } = await pageOf(byTime, input, (page) => tx.lapses.list({ from, to, ...page }));
    const found = await tx.filings.listByIds(rows.map(({ filingId }) => filingId));
    const filings = new Map(found.map((filing) => [filing.id, filing]));
    const lapses = [];
    for (const { filingId, lapsedAt, state, swept } of rows) {
      const filing = filings.get(filingId);
      if (filing === undefined) throw new Error(`there is no filing ${filingId}`);
      const until = undoUntil(lapsedAt, deps.keep.undoDays);
      lapses.push({ filing: filingViewOf(deps, filing, actor), lapsedAt, state, swept, until });
    }
    return { lapses, next };
  },
);

/** So many in one transaction that nobody waits for it; whoever asks goes on with `next`. */
const batch = 20;

const refusals: readonly FaultCode[] = ['filing.wrong_state', ...undoFaults];

interface ReopenLapsedInput extends LapsesWithin {
  readonly comment: string;
  readonly after?: string | undefined;
}

/**
 * Reopens what the clock closed between two instants, one batch at a time. Those that something is against stay closed, and are
 * listed with why.
 */
export const reopenLapsedFilings = command(
  { id: 'reopenLapsedFilings', faults: [] },
  async (step, { from, to, after, comment }: ReopenLapsedInput) => {
    const { tx } = step;
    // What one filing is refused with is listed, and not what the whole is answered with.
    const one = { ...step, fault: makeFault };
    const input = { after, limit: batch, place: 'body.after' };
    const filter = { from, to, swept: true };
    const { rows, next } = await pageOf(byTime, input, (page) => tx.lapses.list({ ...filter, ...page }));
    const said = rows.length === 0 ? '' : await sayIn(step, 'audit', comment);
    let reopened = 0;
    const refused = [];
    for (const { filingId } of rows) {
      const filing: FilingRow | null = await tx.filings.findForUpdate(filingId);
      if (filing === null) continue;
      try {
        const { state } = await undoLapse(one, filing);
        await recordAudit(step, 'FilingReopened', { kind: 'filing', id: filingId }, { state, comment: said });
        reopened += 1;
      } catch (error) {
        // What a fault is thrown for has written nothing.
        if (!isFault(error) || !refusals.includes(error.code)) throw error;
        const { zh, en } = faultCatalogue[error.code];
        refused.push({ filingId, domainName: filing.domainName, code: error.code, message: { zh, en } });
      }
    }
    return { reopened, refused, next };
  },
);
