import { useQuery } from '@tanstack/react-query';
import type { ApiDocument } from './document.ts';

/** Where the server describes itself. */
export const documentPath = '/api/v1/openapi.json';

/** The OpenAPI document of the server that serves this console; it changes with its release only. */
export function useDocument() {
  return useQuery<ApiDocument, Error>({
    queryKey: ['openapi'],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await fetch(documentPath, { signal });
      if (!answer.ok) throw new Error(`${documentPath}: ${answer.status}`);
      // Written by the same release; a test holds it to the schema of OpenAPI.
      return (await answer.json()) as ApiDocument;
    },
  });
}
