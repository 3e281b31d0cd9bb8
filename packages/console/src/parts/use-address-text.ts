import { useState } from 'react';
import { useSearchParams } from 'react-router';

/** A text in the page's address, e.g. what is searched for; empty while the address does not name it. */
export function useAddressText(name: string): readonly [text: string, change: (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const inAddress = params.get(name) ?? '';
  // The address follows a moment later. A field that waited for it would lose letters, and a tick would be seen late.
  const [ahead, setAhead] = useState<string | null>(null);
  if (ahead === inAddress) setAhead(null);
  const change = (text: string) => {
    setAhead(text);
    setParams(
      (old) => {
        if (text === '') old.delete(name);
        else old.set(name, text);
        return old;
      },
      { replace: true },
    );
  };
  return [ahead ?? inAddress, change];
}
