export { type HostVector, hostVectors } from './host-vectors.ts';
export { vectorContexts, vectorDefaultNames, vectorProvider, vectorRecords } from './vector-facts.ts';
