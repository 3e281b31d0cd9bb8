export { countRows } from './count-rows.ts';
export { type OpenStore, openStore } from './open-store.ts';
