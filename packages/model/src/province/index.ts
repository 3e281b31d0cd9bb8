export { findProvince, type Province, provinces } from './province.ts';
