export * from './catalogue.ts';
export * from './fault.ts';
