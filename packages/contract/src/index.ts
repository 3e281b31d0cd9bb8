export * from './hooks.ts';
export * from './operation.ts';
export * from './operations/index.ts';
export * from './page.ts';
export * from './problem.ts';
export * from './shapes.ts';
export * from './shared-reasons.ts';
export * from './webhook-events.ts';
