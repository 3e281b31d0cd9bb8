export * from './kinds.ts';
export * from './lifecycle.ts';
