export { type ComparedRow, compareRows, isDifferent } from './compare.ts';
export { ruleBookOf } from './make.ts';
export { inForceOn, productMatches, rulesOfProvince, termOfValidity, versionOn } from './read.ts';
export * from './rule-book.ts';
export { groupNames } from './words.ts';
