export { formatKeyRing, type KeyRing, keyRingInDirectory, makeKeyRing, parseKeyRing } from './key-ring.ts';
export { KeyRingVault } from './key-ring-vault.ts';
export { SortableIds } from './sortable-ids.ts';
