export { type OpenStore, openStore } from './open-store.ts';
