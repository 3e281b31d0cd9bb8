import type fc from 'fast-check';
import { uploadData } from '../messages/upload.ts';
import type { UploadData } from '../uploads.ts';
import { valueOf } from './arbitraries.ts';

/** Any upload that its description lets pass, for whoever plays the authority. */
export const anyUpload = (): fc.Arbitrary<UploadData> =>
  // It is made by that very description.
  valueOf(uploadData) as fc.Arbitrary<UploadData>;
