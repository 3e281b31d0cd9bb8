export * from './catalogue.ts';
export * from './fault.ts';
export * from './partner-numbers.ts';
export * from './places.ts';
