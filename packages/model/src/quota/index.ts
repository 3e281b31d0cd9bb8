export * from './ledger.ts';
export * from './tally.ts';
