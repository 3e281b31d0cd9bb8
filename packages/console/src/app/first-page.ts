import type { Session } from '../api/shapes.ts';

/** The page a role starts on. */
export const firstPage: Readonly<Record<Session['role'], string>> = {
  customer: '/',
  reviewer: '/review',
  operator: '/filings',
  auditor: '/audit',
};
