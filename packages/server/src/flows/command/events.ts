import type { FilingEventDetails, FilingEventType } from '@openbeian/model/filing';
import type { Step } from './step.ts';

/** Adds to the history of a filing that its customer and the provider's people see. */
export function recordFilingEvent<Type extends FilingEventType>(
  { tx, actor, at }: Step,
  filingId: string,
  type: Type,
  detail: FilingEventDetails[Type],
): Promise<void> {
  return tx.filings.appendEvent(filingId, { at, actorId: actor.userId, actorRole: actor.role, type, detail });
}
