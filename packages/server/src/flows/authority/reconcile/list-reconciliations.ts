import type { DifferenceKind, DifferenceState } from '@openbeian/model/reconciliation';
import type { DifferenceRow } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { onceForKey } from '../../command/once-for-key.ts';
import { command, commandInParts, query } from '../../command/operation.ts';
import { byId, type PageInput, pageOf } from '../../command/page.ts';
import { lineOf } from '../lines/line-desk-of.ts';

interface OfProvince extends PageInput {
  readonly provinceCode?: string | undefined;
}

/** Has both books compared over that line, record by record; one run of a line at a time. */
export const startReconciliation = commandInParts(
  { id: 'startReconciliation', faults: ['object.not_found'] },
  async (request, input: { readonly provinceCode: string }) => {
    const { line } = await lineOf(request, input.provinceCode);
    return onceForKey(request, input, async (step) => {
      const { authorityLedger } = step.tx;
      const id = step.deps.ids.next('rec');
      const started = await authorityLedger.startReconciliation({
        provider: line.provider,
        provinceCode: line.provinceCode,
        id,
        startedAt: step.at,
        startedBy: step.actor.userId,
      });
      if (started) await recordAudit(step, 'ReconciliationStarted', { kind: 'authority_line', id: line.provinceCode });
      const open = await authorityLedger.findOpenReconciliation(line);
      return { started, reconciliationId: open?.id ?? id };
    });
  },
);

/** A run ends where it is; what it has found stays. */
export const callOffReconciliation = command(
  { id: 'callOffReconciliation', faults: ['object.not_found', 'object.changed'] },
  async (step, { reconciliationId }: { readonly reconciliationId: string }) => {
    const row = await step.tx.authorityLedger.findReconciliation(reconciliationId);
    if (row === null) throw step.fault('object.not_found');
    if (!(await step.tx.authorityLedger.callOffReconciliation(row.id, step.at))) throw step.fault('object.changed');
    await recordAudit(step, 'ReconciliationCalledOff', { kind: 'authority_line', id: row.provinceCode });
    return {};
  },
);

/** Of all lines or of one, the newest first. */
export const listReconciliations = query(
  { id: 'listReconciliations', faults: [] },
  async ({ tx }, { provinceCode, ...input }: OfProvince) => {
    const { rows, next } = await pageOf(byId('reconciliations'), input, (page) =>
      tx.authorityLedger.listReconciliations({ ...page, provinceCode }),
    );
    const reconciliations = rows.map(({ id, startedAt, endedAt, ending, ...row }) => {
      const { compared, asked, skipped, waiting, uncarried, unsaid, found, because } = row;
      const waitsUntil = endedAt === null && because !== null ? row.dueAt : null;
      const counts = { compared, asked, skipped, waiting, uncarried, unsaid, found };
      return { id, provinceCode: row.provinceCode, startedAt, endedAt, ending, ...counts, because, waitsUntil };
    });
    return { reconciliations, next };
  },
);

interface DifferenceListInput extends OfProvince {
  readonly kind?: DifferenceKind | undefined;
  readonly state?: DifferenceState | undefined;
}

/** In what both books differ, the newest first; what is personal in it is masked. */
export const listDifferences = query(
  { id: 'listDifferences', faults: [] },
  async ({ tx }, { provinceCode, kind, state, ...input }: DifferenceListInput) => {
    const { rows, next } = await pageOf(byId('differences'), input, (page) =>
      tx.authorityLedger.listDifferences({ ...page, provinceCode, kind, state }),
    );
    return { differences: rows.map(differenceView), next };
  },
);

function differenceView({ id, provinceCode, kind, state, ours, theirs, foundAt, confirmedAt, ...row }: DifferenceRow) {
  const { serviceNumber, domainName } = row;
  return { id, provinceCode, kind, state, serviceNumber, domainName, ours, theirs, foundAt, confirmedAt };
}
