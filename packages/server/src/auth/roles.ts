/** Roles of people who sign in; the database has the same ones. */
export const roles = ['customer', 'reviewer', 'operator', 'auditor'] as const;
export type Role = (typeof roles)[number];
