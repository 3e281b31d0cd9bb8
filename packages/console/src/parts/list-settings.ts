import { createContext, useContext, useState } from 'react';

/** Who looks: people at one browser have their own lists. */
export const ListOwner = createContext('');

export interface ListSettings {
  /** By column's key, where the person wants it otherwise than it usually is. */
  readonly shown: Readonly<Record<string, boolean>>;
  readonly isDense: boolean;
}

const usual: ListSettings = { shown: {}, isDense: false };

/** How a person wants a list to look, kept in the browser. Without a name nothing is kept and nothing can be changed. */
export function useListSettings(
  name: string | undefined,
): readonly [ListSettings, (change: Partial<ListSettings>) => void] {
  const owner = useContext(ListOwner);
  const key = `openbeian.list.${owner}.${name}`;
  const [changed, setChanged] = useState<{ readonly key: string; readonly settings: ListSettings } | null>(null);
  const settings = changed?.key === key ? changed.settings : name === undefined ? usual : kept(key);
  const change = (part: Partial<ListSettings>) => {
    const next = { ...settings, ...part };
    setChanged({ key, settings: next });
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // A browser that keeps nothing: it holds until the page is left.
    }
  };
  return [settings, change];
}

/** What the browser keeps, as far as it is what this release wrote. */
function kept(key: string): ListSettings {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof found !== 'object' || found === null) return usual;
    const { shown, isDense } = found as { readonly shown?: unknown; readonly isDense?: unknown };
    const entries = Object.entries(typeof shown === 'object' && shown !== null ? shown : {});
    return {
      shown: Object.fromEntries(entries.map(([column, is]) => [column, is === true])),
      isDense: isDense === true,
    };
  } catch {
    return usual;
  }
}

interface Choosable {
  readonly key: string;
  /** Left out unless somebody wants it. */
  readonly isExtra?: boolean;
}

export const isShown = ({ key, isExtra = false }: Choosable, { shown }: ListSettings): boolean =>
  shown[key] ?? !isExtra;
