export { countRows } from './engine/count-rows.ts';
export { type OpenStore, openStore } from './engine/open-store.ts';
