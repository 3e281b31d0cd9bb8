export { asciiName, type Host, normaliseHost, readHostHeader } from './normalise-host.ts';
