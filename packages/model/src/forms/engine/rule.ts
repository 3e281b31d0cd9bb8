import type { FieldDefinition, FormValues, Text } from './definition.ts';

export interface RuleBreach {
  /** The finding's rule id; more exact than the rule's own where it can be. */
  readonly rule: string;
  readonly message: Text;
  readonly remedy: Text;
  readonly source: string;
}

/**
 * A rule looks at one non-empty text with the values beside it: those of the form, or of the same item; null: it passes.
 * `Context` is what else the rules look at.
 */
export type Rule<Context> = (
  value: string,
  field: FieldDefinition,
  values: FormValues,
  context: Context,
) => RuleBreach | null;

/** A rule about a list as a whole: of texts, of chosen options or of records. */
export type ListRule<Context> = (value: readonly unknown[], values: FormValues, context: Context) => RuleBreach | null;

/** Rules by the ids that fields name. Of a list of texts, `ofValues` holds each. */
export interface RuleTable<Context> {
  readonly ofValues: Readonly<Record<string, Rule<Context>>>;
  readonly ofLists: Readonly<Record<string, ListRule<Context>>>;
  /** Rules that look at an empty optional field too. */
  readonly ofEmpty: Readonly<Record<string, Rule<Context>>>;
}
