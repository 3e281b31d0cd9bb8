import { serviceKinds, subjectKinds } from '@openbeian/model/filing';
import {
  areInForceTogether,
  type ProvinceCondition,
  type ProvinceFile,
  type ProvinceRule,
  provinces,
  statingKinds,
} from '@openbeian/model/province';

/** Two rules in force of which one forbids what the other lets pass, or which draw one line at two places. */
export interface Contradiction {
  readonly one: ProvinceRule;
  readonly other: ProvinceRule;
}

/** Rules of a province, with those of every province, that contradict each other while both are in force. */
export function contradictionsIn(files: readonly ProvinceFile[], province: string | null): Contradiction[] {
  const mine = files.filter((file) => file.province === province).flatMap(({ rules }) => rules);
  const general = province === null ? [] : files.filter((file) => file.province === null).flatMap(({ rules }) => rules);
  const all = [...mine, ...general];
  return mine.flatMap((one, index) =>
    all
      .slice(index + 1)
      .filter((other) => areForSome(one, other) && areInForceTogether(one, other))
      .filter((other) => !isSettled(one, other, all) && contradict(one, other))
      .map((other) => ({ one, other })),
  );
}

const shares = <Value>(one: readonly Value[], other: readonly Value[]) => one.some((value) => other.includes(value));
const areForSome = (one: ProvinceRule, other: ProvinceRule) =>
  shares(one.subjects, other.subjects) && shares(one.kinds, other.kinds) && shares(one.services, other.services);

/** Does one of them supersede the other, or is one superseded by further rules for everybody whom both are for? */
function isSettled(one: ProvinceRule, other: ProvinceRule, all: readonly ProvinceRule[]): boolean {
  if (one.supersedes.includes(other.id) || other.supersedes.includes(one.id)) return true;
  const subjects = one.subjects.filter((kind) => other.subjects.includes(kind));
  const isOut = (rule: ProvinceRule) => {
    const over = all.filter(({ supersedes }) => supersedes.includes(rule.id));
    return subjects.every((kind) => over.some((third) => third.subjects.includes(kind)));
  };
  return isOut(one) || isOut(other);
}

const refuses = ({ effect }: ProvinceRule) => effect === 'reject' || effect === 'limit';

function contradict(one: ProvinceRule, other: ProvinceRule): boolean {
  if (one.effect === 'human' || other.effect === 'human' || one.if.length === 0 || other.if.length === 0) return false;
  const pairs = pairsOf(one.if, other.if);
  if (pairs === null) return false;
  if (refuses(one) && refuses(other)) {
    // Whatever the fact is, one of them refuses it; or the line is drawn at two places.
    const [only] = pairs;
    if (pairs.length === 1 && only !== undefined && areOpposite(...only)) return true;
    return pairs.every((pair) => overlap(...pair)) && pairs.some((pair) => differInNumber(...pair));
  }
  return refuses(one) !== refuses(other) && pairs.every((pair) => overlap(...pair));
}

/** Conditions over the same facts, pair by pair; null where the facts differ. */
function pairsOf(one: readonly ProvinceCondition[], other: readonly ProvinceCondition[]) {
  const facts = (conditions: readonly ProvinceCondition[]) =>
    conditions
      .map(({ fact }) => fact)
      .toSorted()
      .join();
  if (facts(one) !== facts(other)) return null;
  return one.flatMap((left) => {
    const right = other.find(({ fact }) => fact === left.fact);
    return right === undefined ? [] : [[left, right] as const];
  });
}

const rangeOf = (condition: ProvinceCondition) =>
  'below' in condition || 'atLeast' in condition
    ? { from: condition.atLeast ?? 0, to: condition.below ?? Number.POSITIVE_INFINITY }
    : null;

function areOpposite(one: ProvinceCondition, other: ProvinceCondition): boolean {
  return 'is' in one && 'is' in other && one.is !== other.is;
}

/** Is there a value of the fact for which both hold? */
function overlap(one: ProvinceCondition, other: ProvinceCondition): boolean {
  const [left, right] = [rangeOf(one), rangeOf(other)];
  if (left !== null && right !== null) return left.from < right.to && right.from < left.to;
  if ('is' in one && 'is' in other) return one.is === other.is;
  const words = (condition: ProvinceCondition, key: string): readonly string[] | undefined =>
    (condition as unknown as Readonly<Record<string, readonly string[] | undefined>>)[key];
  const [ours, theirs] = [words(one, 'oneOf'), words(other, 'oneOf')];
  if (ours && theirs) return shares(ours, theirs);
  if (ours) return ours.some((value) => !words(other, 'noneOf')?.includes(value));
  if (theirs) return theirs.some((value) => !words(one, 'noneOf')?.includes(value));
  for (const key of ['anyOf', 'contains', 'startsWith']) {
    const [mine, others] = [words(one, key), words(other, key)];
    if (mine && others) return shares(mine, others);
  }
  return words(one, 'noneOf') !== undefined;
}

function differInNumber(one: ProvinceCondition, other: ProvinceCondition): boolean {
  const [left, right] = [rangeOf(one), rangeOf(other)];
  if (left !== null && right !== null) return left.from !== right.from || left.to !== right.to;
  const noneOf = (condition: ProvinceCondition) =>
    'noneOf' in condition ? [...(condition.noneOf ?? [])].toSorted().join() : '';
  return noneOf(one) !== noneOf(other);
}

/** Provinces without rules of their own, in a set that has the rules of every province. */
export function provincesWithout(files: readonly ProvinceFile[]): string[] {
  if (!files.some(({ province }) => province === null)) return [];
  return provinces.filter(({ code }) => !files.some(({ province }) => province === code)).map(({ code }) => code);
}

/** Is there nobody for whom the rule can be in force, because others supersede it? */
export function isSupersededForAll(
  rule: ProvinceRule,
  files: readonly ProvinceFile[],
  province: string | null,
): boolean {
  const others = files
    .filter((file) => file.province === null || file.province === province)
    .flatMap(({ rules }) => rules)
    .filter(
      (other) => other.supersedes.includes(rule.id) && other.validFrom === undefined && other.validTo === undefined,
    );
  return rule.subjects.every((subject) =>
    rule.kinds.every((kind) =>
      rule.services.every((service) =>
        others.some(
          (other) => other.subjects.includes(subject) && other.kinds.includes(kind) && other.services.includes(service),
        ),
      ),
    ),
  );
}

/** Can a filing of the province be one to which the rule does not apply? */
export const canFail = (rule: ProvinceRule): boolean =>
  rule.if.length > 0 ||
  rule.subjects.length < subjectKinds.length ||
  rule.kinds.length < statingKinds.length ||
  rule.services.length < serviceKinds.length;
