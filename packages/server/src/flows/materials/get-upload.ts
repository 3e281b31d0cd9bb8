import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { requireUpload } from './require-upload.ts';
import { uploadViewOf } from './upload-view.ts';

/** How far an upload has come: whoever was cut off goes on from there. */
export const getUpload = query(
  { id: 'getUpload', faults: ['object.not_found'] },
  async (step, { uploadId }: { readonly uploadId: string }) => {
    ownAccount(step.actor);
    return uploadViewOf(await requireUpload(step, await step.tx.materials.findUpload(uploadId)));
  },
);
