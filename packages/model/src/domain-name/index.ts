export { type Host, normaliseHost } from './normalise-host.ts';
