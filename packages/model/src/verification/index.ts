export * from './persons.ts';
export * from './reasons.ts';
export * from './rules.ts';
export * from './standing.ts';
