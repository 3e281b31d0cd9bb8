import { courseOf } from '@openbeian/model/filing';
import type { AuthorityLoss, FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { outlinedEnclosuresOf } from './enclosures-of.ts';
import { submissionOf } from './submission-of.ts';

/** One of them as people read it. */
export const lossViewOf = ({ field, blocks, zh, en }: AuthorityLoss) => ({ field, blocks, message: { zh, en } });

/** What of a filing the line to its authority does not carry, for whoever reviews it: before it is sent. */
export async function listLosses(step: Step, filing: FilingRow): Promise<readonly AuthorityLoss[]> {
  const { authority } = step.deps;
  if (authority.listLosses === undefined || courseOf(filing.kind).operation === null) return [];
  // It is not sent under this id.
  const submission = await submissionOf(step, filing, filing.submissionId ?? filing.id);
  return authority.listLosses(submission, await outlinedEnclosuresOf(step, filing), step.tx.authorityLedger);
}
