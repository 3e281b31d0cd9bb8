export * from './catalogue.ts';
export * from './fault.ts';
export * from './parse-safely.ts';
export * from './places.ts';
