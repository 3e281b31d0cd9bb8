import type { LowerBounds, ProvinceFacts, ProvinceFile } from '../../province/index.ts';
import type { FormContext } from '../engine/definition.ts';
import type { Rule, RuleBreach } from '../engine/rule.ts';
import type { FormLimits } from './form-limits.ts';

/** What a check needs besides: the limits in force that day; null where none is known. */
export interface CheckContext extends FormContext {
  readonly limits: FormLimits | null;
  /** Of the province of the filing and of every province, at least; `policies/provinces`. */
  readonly provinceRules: readonly ProvinceFile[];
  /** What the form cannot say and somebody else has: records, look-ups. What the form says goes before it. */
  readonly known?: ProvinceFacts;
  /** Counts of which only the records here are known, where there may be more elsewhere. */
  readonly atLeast?: LowerBounds;
}

export type FormRule = Rule<CheckContext>;

export const breach = (
  rule: string,
  source: string,
  message: RuleBreach['message'],
  remedy: RuleBreach['remedy'],
): RuleBreach => ({ rule, source, message, remedy });
