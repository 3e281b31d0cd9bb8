import type { Filing, Session } from '../../api/shapes.ts';

/** A customer opens its own pictures always, the provider's people those of a filing that they have claimed; nobody in support access. */
export const mayOpenMaterials = ({ claim }: Pick<Filing, 'claim'>, { role, support }: Session): boolean =>
  support === null && (role === 'customer' || claim?.mine === true);
