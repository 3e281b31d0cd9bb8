import { createContext, type ReactNode, useContext } from 'react';
import type { Session } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';

/** Provided by `RequireSession`. */
export const SessionContext = createContext<Session | null>(null);

/** The signed-in person; only below `RequireSession`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (session === null) throw new Error('useSession outside RequireSession');
  return session;
}

/** May the person change what is the account's? Nobody does in support access, nor with the right to look only. */
export const mayChange = ({ support, right }: Pick<Session, 'support' | 'right'>): boolean =>
  support === null && right !== 'viewer';

/** Shows its children to some roles only. The server refuses the others anyway; this says so before asking it. */
export function ForRoles({
  roles,
  children,
}: {
  readonly roles: readonly Session['role'][];
  readonly children: ReactNode;
}) {
  const { t } = useText();
  const { role } = useSession();
  if (roles.includes(role)) return children;
  return <Empty title={t.error.forbiddenTitle} hint={t.error.forbidden} />;
}
