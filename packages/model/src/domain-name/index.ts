export { fileableSuffixes } from './fileable-suffixes.ts';
export { type NameKind, nameKindOf } from './name-kind.ts';
export { asciiName, type Host, isPublicName, normaliseHost, readHostHeader } from './normalise-host.ts';
