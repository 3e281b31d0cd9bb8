import { type ReactNode, useContext } from 'react';
import { Outlet } from 'react-router';
import { useText } from '../../language/language.tsx';
import { ReadOnlyReason } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';

/** What only owners of a customer's account change: greyed with the reason for its other people. */
export function OwnersOnly({ children = <Outlet /> }: { readonly children?: ReactNode }) {
  const { t } = useText();
  const { right } = useSession();
  const reason = useContext(ReadOnlyReason);
  const isLesser = right === 'filer' || right === 'viewer';
  return <ReadOnlyReason value={isLesser ? t.ownersOnly : reason}>{children}</ReadOnlyReason>;
}
