import type { UploadRow } from '../../ports/index.ts';
import { maySee } from '../command/permission.ts';
import type { Step } from '../command/step.ts';

/** An upload of the actor's that has not expired. @throws Fault `object.not_found` otherwise. */
export async function requireUpload(step: Step<'object.not_found'>, upload: UploadRow | null): Promise<UploadRow> {
  if (upload === null || Date.parse(upload.expiresAt) <= Date.parse(step.at)) throw step.fault('object.not_found');
  const filing = await step.tx.filings.find(upload.filingId);
  if (filing === null || !maySee(step.actor, filing.accountId)) throw step.fault('object.not_found');
  return upload;
}
