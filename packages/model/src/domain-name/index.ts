export { asciiName, type Host, normaliseHost } from './normalise-host.ts';
