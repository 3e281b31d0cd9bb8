import { type PictureUpload, uploadPicture } from '@openbeian/contract/upload';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type AnswerOf, call } from './client.ts';
import { isTouched } from './is-touched.ts';

/** The operations of an upload, as the page calls them. */
const client: Parameters<typeof uploadPicture>[0] = {
  beginUpload: (input, options) => call('beginUpload', input, options),
  getUpload: (input, options) => call('getUpload', input, options),
  appendUpload: (input, options) => call('appendUpload', input, options),
  completeUpload: (input, options) => call('completeUpload', input, options),
};

type Place = Omit<PictureUpload, 'bytes'>;

/** Uploads a file to one place of a filing. `share` goes from 0 to 1; at 1 the picture is being checked. */
export function useUpload(place: Place) {
  const cache = useQueryClient();
  const [share, setShare] = useState(0);
  const [abort, setAbort] = useState<AbortController | null>(null);
  const upload = useMutation<AnswerOf<'completeUpload'> | null, Error, File>({
    mutationKey: ['uploadPicture', place],
    mutationFn: async (file) => {
      const controller = new AbortController();
      setShare(0);
      setAbort(controller);
      const bytes = new Uint8Array(await file.arrayBuffer());
      try {
        return await uploadPicture(client, { ...place, bytes }, { onProgress: setShare, signal: controller.signal });
      } catch (error) {
        // Whoever stopped it wants to hear nothing.
        if (controller.signal.aborted) return null;
        throw error;
      } finally {
        setAbort(null);
      }
    },
    onSuccess: () => cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, 'completeUpload') }),
  });
  return { ...upload, share, stop: () => abort?.abort() };
}
