export { contrastOf, leastContrast, mixed, shadeFor } from './contrast.ts';
