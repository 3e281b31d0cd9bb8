import type { FaultCode } from '@openbeian/model/fault';
import type { FilingRow } from '../../ports/index.ts';
import { command, type Declaration } from '../command/operation.ts';
import { maySee } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { filingViewOf } from './filing-view.ts';

export interface FilingStepInput {
  readonly filingId: string;
  /** The version that the caller has seen. */
  readonly version: number;
}

/** What every step of a filing may be refused with. */
type StepFault = 'object.not_found' | 'object.changed' | 'filing.wrong_state';
const stepFaults: readonly StepFault[] = ['object.not_found', 'object.changed', 'filing.wrong_state'];

/**
 * A command that takes one step of a filing: the filing is locked, and still has the version that the caller saw.
 * `holdsAccount`: so is its account, and no other such step of the account is taken meanwhile.
 */
export function filingStep<Declared extends FaultCode, Input extends FilingStepInput>(
  { id, faults, holdsAccount = false }: Declaration<Declared> & { readonly holdsAccount?: boolean },
  take: (step: Step<StepFault | Declared>, filing: FilingRow, input: Input) => Promise<FilingRow>,
) {
  return command<StepFault | Declared, Input, ReturnType<typeof filingViewOf>>(
    { id, faults: [...stepFaults, ...faults] },
    async (step, input) => {
      const filing = await lockFilingAtVersion(step, input, holdsAccount);
      return filingViewOf(step.deps, await take(step, filing, input), step.actor);
    },
  );
}

/**
 * Locks the filing until the transaction ends, and its account where that is asked for.
 * @throws Fault `object.not_found`, `object.changed` when it no longer has the version that the caller saw.
 */
export async function lockFilingAtVersion(
  step: Step<'object.not_found' | 'object.changed'>,
  { filingId, version: expectedVersion }: FilingStepInput,
  holdsAccount = false,
): Promise<FilingRow> {
  const { filings } = step.tx;
  const filing = await (holdsAccount ? filings.findWithAccountForUpdate(filingId) : filings.findForUpdate(filingId));
  if (filing === null || !maySee(step.actor, filing.accountId)) throw step.fault('object.not_found');
  if (filing.version !== expectedVersion) throw step.fault('object.changed');
  return filing;
}

/** Guarded write that leaves the filing in its state. @throws Fault `object.changed` when another write was faster. */
export async function changeFiling(
  step: Step<'object.changed'>,
  filing: FilingRow,
  change: Parameters<typeof step.tx.filings.update>[2],
): Promise<FilingRow> {
  const { tx, at } = step;
  if (!(await tx.filings.update(filing, filing.state, change, at))) throw step.fault('object.changed');
  return { ...filing, ...change, version: filing.version + 1, updatedAt: at };
}
