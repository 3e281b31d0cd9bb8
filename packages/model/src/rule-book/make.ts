import { type PolicyFile, type PolicyVersion, type ReasonCode, ruleOfReason } from '@openbeian/model/eligibility';
import { findProvince, type ProvinceFile, type ProvinceRule } from '@openbeian/model/province';
import type { QuotaUse } from '@openbeian/model/quota';
import { accountRows, type Holder, policyRows } from './policy-rows.ts';
import { provinceRows } from './province-rows.ts';
import { inForceOn } from './read.ts';
import type {
  BookProduct,
  BookProvince,
  BookSource,
  BookSuperseding,
  BookText,
  RuleBook,
  RuleTest,
} from './rule-book.ts';

/** A test case of a product: what the rules must say on a day. */
export interface PolicyCase extends RuleTest {
  /** `provider/product`. */
  readonly product: string;
  readonly at: string;
  /** The reasons that it expects of each use. */
  readonly reasons: Readonly<Record<QuotaUse, readonly ReasonCode[]>>;
  /** The use that it expects to be possible. */
  readonly eligible: readonly QuotaUse[];
}

/** A test case of provinces' rules, with the ids of the rules that it expects to apply, or shows not to. */
export interface ProvinceCase extends RuleTest {
  readonly about: readonly string[];
}

export interface BookParts {
  readonly policies: readonly PolicyFile[];
  readonly provinces: readonly ProvinceFile[];
  readonly cases: readonly PolicyCase[];
  readonly provinceCases: readonly ProvinceCase[];
  readonly sources: readonly BookSource[];
}

/** Lays out the rules for people, each with its source and the test cases that hold it. Sources that no rule names are left out. */
export function ruleBookOf({ policies, provinces, cases, provinceCases, sources }: BookParts): RuleBook {
  const providers = policies.map((file) => ({
    id: file.provider,
    name: file.name,
    fictional: file.fictional ?? false,
    regions: file.regions,
    accounts: accountRows(file.accounts),
    products: file.products.map((product) => productOf(`${file.provider}/${product.product}`, product, cases)),
  }));
  const chapters = provinces
    .map((file) => provinceOf(file, provinceCases, provinces))
    .toSorted((one, other) => (one.code ?? '').localeCompare(other.code ?? ''));
  const named = new Set([
    ...providers.flatMap(({ regions, accounts, products }) => [
      regions.source,
      ...sourcesIn(accounts),
      ...products.flatMap(({ versions }) => versions.flatMap((it) => [...it.sources, ...sourcesIn(it.rows)])),
    ]),
    ...chapters.flatMap(({ rules }) => rules.flatMap(({ rows }) => sourcesIn(rows))),
  ]);
  return { providers, provinces: chapters, sources: sources.filter(({ label }) => named.has(label)) };
}

const sourcesIn = (rows: readonly { readonly sources: readonly string[] }[]) => rows.flatMap((row) => row.sources);

function productOf(
  id: string,
  { name, versions }: PolicyFile['products'][number],
  all: readonly PolicyCase[],
): BookProduct {
  const cases = all.filter(({ product }) => product === id);
  return {
    id,
    name,
    tests: cases.map(testOf),
    versions: versions.map((version) => {
      const { validFrom, validTo, source } = version;
      const mine = cases.filter(({ at }) => inForceOn(version, at));
      const testsOf = (holder: Holder) => mine.filter((one) => holds(one, holder, version)).map(testOf);
      return { validFrom, validTo, sources: source, rows: policyRows(version, testsOf) };
    }),
  };
}

const testOf = ({ name, place }: RuleTest): RuleTest => ({ name, place });

const modeReasons: Readonly<Record<QuotaUse, readonly ReasonCode[]>> = {
  file: ['resource.product_not_fileable', 'resource.product_closed', 'resource.no_policy'],
  issue: ['code.product_cannot_issue', 'code.not_needed', 'resource.product_not_fileable', 'resource.no_policy'],
};
const quotaReasons: Readonly<Record<QuotaUse, ReasonCode>> = {
  file: 'resource.quota_exhausted',
  issue: 'code.limit_reached',
};

function holds({ reasons, eligible }: PolicyCase, holder: Holder, { file, issue }: PolicyVersion): boolean {
  if ('condition' in holder) {
    const { condition, uses } = holder;
    return uses.some((use) => reasons[use].some((reason) => ruleOfReason.get(reason) === condition));
  }
  if ('quotaOf' in holder) return holder.quotaOf.some((use) => reasons[use].includes(quotaReasons[use]));
  const { mode } = holder;
  const possible = mode === 'file' ? file.mode === 'fileable' || file.mode === 'through_bound' : issue.mode === 'codes';
  if (possible) return eligible.includes(mode);
  return modeReasons[mode].some((reason) => reasons[mode].includes(reason));
}

function provinceOf(
  { province, rules }: ProvinceFile,
  cases: readonly ProvinceCase[],
  all: readonly ProvinceFile[],
): BookProvince {
  return {
    code: province,
    name: nameOf(province),
    rules: rules.map((rule) => {
      const supersededBy = supersedingOf(rule, province, all);
      const tests = cases.filter(({ about }) => about.includes(rule.id)).map(testOf);
      return {
        id: rule.id,
        topic: rule.topic,
        effect: rule.effect,
        ...validityOf(rule),
        asOf: rule.asOf,
        supersededBy,
        rows: provinceRows(rule, tests, supersededBy),
      };
    }),
  };
}

function nameOf(code: string | null): BookText {
  const found = code === null ? null : findProvince(code);
  return found === null ? { zh: '各省通用', en: 'All provinces' } : { zh: found.zh, en: found.en };
}

const validityOf = ({ validFrom, validTo }: ProvinceRule) => ({
  validFrom: validFrom ?? null,
  validTo: validTo ?? null,
});

/** Is one rule for all that another is for? */
const coversAll = (one: ProvinceRule, other: ProvinceRule): boolean =>
  other.subjects.every((subject) => one.subjects.includes(subject)) &&
  other.kinds.every((kind) => one.kinds.includes(kind)) &&
  other.services.every((service) => one.services.includes(service));

/** The rules that hold instead of one, in its province or, for one that holds everywhere, in any. */
function supersedingOf(rule: ProvinceRule, province: string | null, all: readonly ProvinceFile[]): BookSuperseding[] {
  return all
    .filter((file) => province === null || file.province === null || file.province === province)
    .flatMap((file) =>
      file.rules
        .filter((other) => other.supersedes.includes(rule.id))
        .map((other) => ({
          id: other.id,
          within: province === null && file.province !== null ? nameOf(file.province) : null,
          whole: coversAll(other, rule),
          ...validityOf(other),
          asOf: other.asOf,
        })),
    );
}
