import { type ComponentType, type ReactNode, useEffect, useState } from 'react';
import { useText } from '../language/language.tsx';
import { loadPart } from './load-part.ts';
import { PlainButton, PlainNote } from './plain.tsx';

/**
 * A part of a page that not everybody comes to, e.g. a dialog: fetched when it is first shown. Where it cannot be fetched the page
 * around it stays as it is, and it can be fetched again.
 * @param Meanwhile shown in its place until it is there; nothing, where it is left out
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile?: ComponentType<Props>,
): (props: Props) => ReactNode {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const { t } = useText();
    const [Shown, setShown] = useState(() => loaded);
    const [isMissing, setMissing] = useState(false);
    useEffect(() => {
      const fetchIt = async () => {
        try {
          const part = await loadPart(load);
          loaded = part;
          setShown(() => part);
        } catch {
          setMissing(true);
        }
      };
      if (Shown === null && !isMissing) void fetchIt();
    }, [Shown, isMissing]);
    if (Shown !== null) return <Shown {...props} />;
    if (!isMissing) return Meanwhile === undefined ? null : <Meanwhile {...props} />;
    return (
      <PlainNote role="alert" tone="bad">
        <span>{t.error.notFetched}</span>
        <PlainButton onClick={() => setMissing(false)}>{t.app.retry}</PlainButton>
      </PlainNote>
    );
  };
}
