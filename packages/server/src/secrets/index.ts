export { SortableIds } from './ids/sortable-ids.ts';
export {
  type Algorithms,
  firstHashKeyId,
  type KeyRing,
  makeKeyRing,
  withActive,
  withNewKey,
  withoutKey,
} from './vault/key-ring.ts';
export {
  keyRingFileIn,
  keyRingInDirectory,
  readKeyRingFile,
  replaceKeyRing,
  writeNewKeyRing,
} from './vault/key-ring-file.ts';
export { formatKeyRing } from './vault/key-ring-text.ts';
export { KeyRingVault } from './vault/key-ring-vault.ts';
