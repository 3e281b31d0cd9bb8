import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/** A hand-over of the filing, made before it happens: a message that overtakes our own commit finds its filing by the id. */
export const newSubmissionId = ({ deps }: Pick<Step, 'deps'>): string => deps.ids.next('sub');

/** Has the filing handed over under that id. */
export async function sendToAuthority(step: Step, filing: FilingRow, submissionId: string): Promise<void> {
  const { deps, tx, at } = step;
  await tx.exchange.insertSubmission({ id: submissionId, filingId: filing.id, at });
  const payload = { submissionId, filingId: filing.id };
  await tx.jobs.enqueue({ id: deps.ids.next('out'), topic: 'authority.submit', payload, runAt: at });
}
