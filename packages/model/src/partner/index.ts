export * from './partner-numbers.ts';
