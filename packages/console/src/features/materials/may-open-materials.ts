import type { Filing, Session } from '../../api/shapes.ts';
import { mayChange } from '../session/session-context.tsx';

/** A customer opens its own pictures, unless as a viewer, the provider's people those of a filing that they have claimed; nobody in support access. */
export const mayOpenMaterials = ({ claim }: Pick<Filing, 'claim'>, session: Session): boolean =>
  mayChange(session) && (session.role === 'customer' || claim?.mine === true);
