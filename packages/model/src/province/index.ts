export { booleanFacts } from './boolean-facts.ts';
export * from './check-list.ts';
export {
  type Division,
  type DivisionFile,
  type DivisionTable,
  divisionFileSchema,
  divisionsBelow,
  divisionTable,
} from './divisions.ts';
export { choiceFacts, factNames, listFacts, numberFacts, textFacts } from './fact-table.ts';
export * from './facts.ts';
export {
  contradictedFacts,
  provinceFactsOf,
  provinceFactsOfAll,
  publicBodyNatures,
  withKnown,
} from './facts-of-form.ts';
export * from './look-ups.ts';
export { findProvince, type Province, provinces, wholeNameOf } from './province.ts';
export * from './rules.ts';
export * from './topics.ts';
