export {
  type Division,
  type DivisionFile,
  type DivisionTable,
  divisionFileSchema,
  divisionsBelow,
  divisionTable,
} from './divisions.ts';
export * from './facts.ts';
export { findProvince, type Province, provinces } from './province.ts';
export * from './rules.ts';
