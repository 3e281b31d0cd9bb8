export * from './operation.ts';
export * from './operations/index.ts';
export * from './shapes.ts';
