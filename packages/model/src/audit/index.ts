export * from './audit-actions.ts';
export * from './audit-differences.ts';
