export * from './facts.ts';
export { findProvince, type Province, provinces } from './province.ts';
export * from './rules.ts';
