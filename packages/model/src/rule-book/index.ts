export { type ComparedRow, compareRows, isDifferent } from './compare.ts';
export { conditionText } from './condition-text.ts';
export { type BookParts, type PolicyCase, type ProvinceCase, ruleBookOf } from './make.ts';
export {
  briefOf,
  inForceOn,
  otherRulesOf,
  productMatches,
  rulesOfProvince,
  standingOf,
  termOfValidity,
  versionOn,
} from './read.ts';
export * from './rule-book.ts';
export { checkListText, groupNames, provincesPrevail } from './words.ts';
