import type { PolicyVersion } from './policy-schema.ts';

/**
 * How a resource gets into a filing: with a code, by picking it in the form, both, both until the first code was issued
 * (`exclusive`), neither, or not stated.
 */
export type CodeMode = 'code' | 'pick' | 'both' | 'exclusive' | 'none' | 'unknown';

/** The code mode of one version of a product's rules. */
export function codeModeOf({ file, issue }: Pick<PolicyVersion, 'file' | 'issue'>): CodeMode {
  if (file.mode === 'unstated') return 'unknown';
  if (file.mode === 'through_bound') return 'pick';
  if (file.mode !== 'fileable') return 'none';
  const picks = file.ways.includes('pick');
  if (issue.mode !== 'codes') return picks ? 'pick' : 'none';
  if (!picks) return 'code';
  return file.picksUntilCodes === true ? 'exclusive' : 'both';
}
