import { RequireSession } from '../features/session/require-session.tsx';
import { Shell } from './shell.tsx';

/** Pages of signed-in people, in their frame. */
export function SignedIn() {
  return (
    <RequireSession>
      <Shell />
    </RequireSession>
  );
}

/** In the same part as the frame: pages below it need nothing more. */
export { OwnersOnly } from '../features/member/owners-only.tsx';
