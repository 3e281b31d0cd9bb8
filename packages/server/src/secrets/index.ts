export {
  firstHashKeyId,
  formatKeyRing,
  type KeyRing,
  keyRingFileIn,
  keyRingInDirectory,
  makeKeyRing,
  parseKeyRing,
  replaceKeyRing,
  withActive,
  withNewKey,
  withoutKey,
} from './key-ring.ts';
export { KeyRingVault } from './key-ring-vault.ts';
export { SortableIds } from './sortable-ids.ts';
