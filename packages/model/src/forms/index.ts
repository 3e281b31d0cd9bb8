export * from './certificates.ts';
export * from './check-form.ts';
export * from './definition.ts';
export * from './form-for.ts';
export * from './form-limits.ts';
export * from './identifiers.ts';
export * from './mask.ts';
