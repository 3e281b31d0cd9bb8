export { type OpenStore, openStore, type StoreLocation } from './open-store.ts';
