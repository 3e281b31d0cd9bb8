export * from './catalogue.ts';
export * from './fault.ts';
export * from './places.ts';
