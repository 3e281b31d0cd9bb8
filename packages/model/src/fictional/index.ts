export * from './filings.ts';
export * from './people.ts';
