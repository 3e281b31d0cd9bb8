import type { Day } from '@openbeian/model/calendar';
import type { RuleEffect, RuleTopic } from '@openbeian/model/province';

export interface BookText {
  readonly zh: string;
  readonly en: string;
}

/** What every rule is about, in the order in which a product's rules are listed. */
export const ruleGroups = ['ways', 'conditions', 'quotas', 'codes', 'accounts', 'province', 'about'] as const;
export type RuleGroup = (typeof ruleGroups)[number];

/** A test case that fails when the rule is changed. */
export interface RuleTest {
  readonly name: string;
  /** `providers/tencent.cases.yaml:6`: folder, file and line. */
  readonly place: string;
}

/** One thing that is asked for, with its value as people read it. */
export interface RuleRow {
  /** The same for the same question of every product: `conditions.boughtTerm`, `quotas.file(instance)`. */
  readonly key: string;
  readonly group: RuleGroup;
  readonly label: BookText;
  readonly value: BookText;
  /** Labels of the sources that state it. */
  readonly sources: readonly string[];
  readonly tests: readonly RuleTest[];
}

/** When something is in force. `validFrom` null: as long as its source has been known; `validTo` null: still. */
export interface Validity {
  readonly validFrom: Day | null;
  readonly validTo: Day | null;
}

/** What a product asked for from one day to another. */
export interface BookVersion extends Validity {
  readonly sources: readonly string[];
  readonly rows: readonly RuleRow[];
}

export interface BookProduct {
  /** `provider/product`. */
  readonly id: string;
  readonly name: BookText;
  /** In order of time. */
  readonly versions: readonly BookVersion[];
  readonly tests: readonly RuleTest[];
}

export interface BookProvider {
  readonly id: string;
  readonly name: BookText;
  /** A provider that does not exist, for samples. */
  readonly fictional: boolean;
  readonly regions: {
    readonly mainland: readonly string[];
    readonly outside: readonly string[];
    readonly source: string;
  };
  /** What holds of accounts; empty where no source says anything. */
  readonly accounts: readonly RuleRow[];
  readonly products: readonly BookProduct[];
}

/** A rule that holds instead of another. */
export interface BookSuperseding extends Validity {
  readonly id: string;
  /** The province in which it does, where the rule superseded holds in all of them; null: wherever that holds. */
  readonly within: BookText | null;
  /** For everything that the other rule is about; else for some organisers, filing types or services only. */
  readonly whole: boolean;
  /** The day of its source: since then at the latest, where its first day is not known. */
  readonly asOf: Day;
}

/** A rule of a province, or of all of them. */
export interface BookProvinceRule extends Validity {
  readonly id: string;
  readonly topic: RuleTopic;
  /** `human`: on the reviewer's check list, and never a finding. */
  readonly effect: RuleEffect;
  /** The day of the source, or on which it was looked up. */
  readonly asOf: Day;
  readonly supersededBy: readonly BookSuperseding[];
  readonly rows: readonly RuleRow[];
}

export interface BookProvince {
  /** Null: holds in every province that does not say otherwise. */
  readonly code: string | null;
  readonly name: BookText;
  readonly rules: readonly BookProvinceRule[];
}

/** A document that rules are taken from. */
export interface BookSource {
  readonly label: string;
  readonly title: BookText;
  /** Publisher and date. */
  readonly published: BookText;
  /** Where it can be read; null where no public address is known. */
  readonly url: string | null;
}

/** Every rule that decides, as people read it: by cloud and product, and by province. */
export interface RuleBook {
  readonly providers: readonly BookProvider[];
  readonly provinces: readonly BookProvince[];
  readonly sources: readonly BookSource[];
}
