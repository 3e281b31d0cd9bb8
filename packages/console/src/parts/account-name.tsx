import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client.ts';

/** What one request may ask for; rows that are rendered together ask together. */
const mostAtOnce = 100;
const keptMs = 10 * 60_000;

let waiting: Map<string, (name: string | null) => void> | null = null;

/** The name of an account; null: it has none, or is not for this person to know. Those asked for in one moment go in one request. */
function nameOf(id: string): Promise<string | null> {
  return new Promise((resolve) => {
    if (waiting === null || waiting.size >= mostAtOnce) {
      const asked = new Map<string, (name: string | null) => void>();
      waiting = asked;
      queueMicrotask(() => {
        if (waiting === asked) waiting = null;
        void answer(asked);
      });
    }
    const before = waiting.get(id);
    waiting.set(id, (name) => {
      before?.(name);
      resolve(name);
    });
  });
}

async function answer(asked: ReadonlyMap<string, (name: string | null) => void>): Promise<void> {
  // Without names ids are shown, as they are until these are there.
  const found = await call('nameAccounts', { query: { ids: [...asked.keys()].join(',') } }).catch(() => null);
  const names = new Map(found?.accounts?.map(({ id, displayName }) => [id, displayName]));
  for (const [id, give] of asked) give(names.get(id) || null);
}

/** An account by its name, with its id behind; by its id until the name is there. `whole`: both, where there is room. */
export function AccountName({ id, whole = false }: { readonly id: string; readonly whole?: boolean }) {
  const { data } = useQuery({ queryKey: ['accountName', id], queryFn: () => nameOf(id), staleTime: keptMs });
  if (!data) return <span className="mono">{id}</span>;
  if (!whole) return <span title={id}>{data}</span>;
  return (
    <>
      {data} <span className="faint mono">{id}</span>
    </>
  );
}
