export * from './api-keys.ts';
export * from './authority.ts';
export * from './clock.ts';
export * from './ids.ts';
export * from './outbound.ts';
export * from './store.ts';
export * from './vault.ts';
export * from './webhooks.ts';
