import { useSearchParams } from 'react-router';

/** A text in the page's address, e.g. what is searched for; empty while the address does not name it. */
export function useAddressText(name: string): readonly [text: string, change: (text: string) => void] {
  const [params, setParams] = useSearchParams();
  const change = (text: string) =>
    setParams(
      (old) => {
        if (text === '') old.delete(name);
        else old.set(name, text);
        return old;
      },
      { replace: true },
    );
  return [params.get(name) ?? '', change];
}
