export { asciiName, type Host, isPublicName, normaliseHost, readHostHeader } from './normalise-host.ts';
