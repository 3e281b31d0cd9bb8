import { type ReactNode, useContext } from 'react';
import { Outlet } from 'react-router';
import { useText } from '../../language/language.tsx';
import { ReadOnlyReason } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import { memberWords } from './words.ts';

/** What only owners of an account change: greyed with the reason for its other people. */
export function OwnersOnly({ children = <Outlet /> }: { readonly children?: ReactNode }) {
  const { t } = useText(memberWords);
  const { right } = useSession();
  const reason = useContext(ReadOnlyReason);
  const isLesser = right === 'filer' || right === 'viewer';
  return <ReadOnlyReason value={isLesser ? t.member.ownersOnly : reason}>{children}</ReadOnlyReason>;
}
