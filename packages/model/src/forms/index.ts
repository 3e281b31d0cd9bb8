export {
  type CertificateNumberProblem,
  certificateNumberProblem,
} from './certificate-numbers.ts';
export * from './check-form.ts';
export * from './engine/current-values.ts';
export * from './engine/definition.ts';
export * from './engine/mask.ts';
export { compact, halfWidth, normalPhone } from './engine/pasted.ts';
export { withBothPrincipals } from './fields/principal-fields.ts';
export * from './identifiers.ts';
export * from './kinds/form-for.ts';
export * from './pre-check.ts';
export { proposeNames } from './propose-names.ts';
export { compareAddresses } from './rules/access-rules.ts';
export type { CheckContext } from './rules/check-context.ts';
export * from './rules/form-limits.ts';
export { natureIn } from './rules/nature-in.ts';
