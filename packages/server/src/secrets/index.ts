export {
  firstHashKeyId,
  formatKeyRing,
  type KeyRing,
  keyRingFileIn,
  keyRingInDirectory,
  makeKeyRing,
  readKeyRingFile,
  replaceKeyRing,
  withActive,
  withNewKey,
  withoutKey,
  writeNewKeyRing,
} from './key-ring.ts';
export { KeyRingVault } from './key-ring-vault.ts';
export { SortableIds } from './sortable-ids.ts';
