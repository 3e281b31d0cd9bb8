export * from './events.ts';
export * from './filing-code.ts';
export * from './state.ts';
