import type { Day } from '@openbeian/model/calendar';
import {
  type Deadline,
  dayReached,
  daysFrom,
  explainAs,
  type FactSet,
  type FoundUse,
  factBitOf,
  factsIn,
  findingsIn,
  type InventoryContext,
  type NamedFact,
  namedFactsOf,
  outcomeOfSet,
  type Policy,
  quotaOf,
  type ReasonCode,
  type Resource,
  reasonsIn,
  setOfReasons,
} from '@openbeian/model/eligibility';
import type { Quota, QuotaUse } from '@openbeian/model/quota';
import type { OutputBlock } from './output-block.ts';
import { markOf, marksFor, type SlotValues, slotKinds, TextTemplate } from './text-template.ts';

/** What decides texts, the same for a whole fleet. */
export interface TextWorld {
  readonly context: InventoryContext;
  readonly at: Day;
  /** All templates that are kept, in bytes: past the limit all are made again, so that memory does not grow with the fleet. */
  kept: number;
}

/** A resource whose use is being put into words. */
interface Told {
  readonly resource: Resource;
  readonly quota: Quota | null;
  readonly values: SlotValues;
}

type Value = string | number | undefined;

/** Templates by one value after the other, the last one holding the template. */
type Tree = Map<Value, Tree | TextTemplate>;

/** One reason as one policy words it for one use. */
interface ReasonTexts {
  readonly code: ReasonCode;
  /** Of `resource.fact_missing`, the fact; 0 for any other reason. */
  readonly missing: FactSet;
  /** What its words differ by, each a level of `tree`; of days, accounts and the like only the length. */
  readonly differBy: readonly ((told: Told) => Value)[];
  /** Fills in `told.values`. */
  readonly fill: readonly ((told: Told) => void)[];
  readonly tree: Tree;
  /** The one template of a reason whose words differ by nothing. */
  only: TextTemplate | null;
}

/** A set of reasons: the bytes up to their list, and the reasons. */
interface SetTexts {
  readonly opening: Buffer;
  readonly reasons: readonly ReasonTexts[];
}

const slot = {
  boughtAt: slotKinds.indexOf('boughtAt'),
  expiresAt: slotKinds.indexOf('expiresAt'),
  until: slotKinds.indexOf('until'),
  boughtDays: slotKinds.indexOf('boughtDays'),
  leftDays: slotKinds.indexOf('leftDays'),
  account: slotKinds.indexOf('account'),
  boundTo: slotKinds.indexOf('boundTo'),
  amount: slotKinds.indexOf('amount'),
};

/**
 * How one policy words one use: `{"outcome":…,"reasons":[…],"quota":…` of contract §2, without the last brace. Each reason is worded
 * once, and days, numbers of days and ids are written into a copy. Kept by reason, not by set of reasons: the words of a
 * reason do not depend on the others, and the bench's million resources need 2,535 templates, where sets of reasons needed
 * 17,230.
 */
export class UseTexts {
  readonly #before: string;
  readonly #use: QuotaUse;
  readonly #policy: Policy;
  readonly #world: TextWorld;
  readonly #values: SlotValues = slotKinds.map(() => '');
  /** By the set of reasons, then by the facts that are missing. */
  readonly #sets = new Map<number, Map<number, SetTexts>>();
  readonly #reasons = new Map<ReasonCode | FactSet, ReasonTexts>();
  readonly #quotas: (Buffer | undefined)[] = [];

  /** `before`: what comes before the use in its line. */
  constructor(before: string, use: QuotaUse, policy: Policy, world: TextWorld) {
    this.#before = before;
    this.#use = use;
    this.#policy = policy;
    this.#world = world;
  }

  put(out: OutputBlock, resource: Resource, { set, missing, counted }: FoundUse): void {
    const quota = counted ? quotaOf(this.#use, resource, this.#world.context, this.#policy) : null;
    const { opening, reasons } = this.#setTexts(set, missing);
    const told = { resource, quota, values: this.#values };
    out.put(opening);
    const first = out.end;
    for (let index = 0; index < reasons.length; index += 1) {
      const texts = reasons[index];
      if (texts !== undefined) this.#putReason(out, texts, told);
    }
    // Every reason begins with a comma, which spares a copy; before the first one is the bracket.
    if (reasons.length > 0) out.bytes[first] = openBracket;
    out.put(quota === null ? noQuota : this.#quotaText(quota));
  }

  #putReason(out: OutputBlock, texts: ReasonTexts, told: Told): void {
    const { fill } = texts;
    let template = texts.only;
    if (template === null || fill.length > 0) {
      for (let index = 0; index < fill.length; index += 1) fill[index]?.(told);
      template ??= templateIn(texts, told) ?? this.#make(texts, told);
    }
    template.put(out, told.values);
  }

  #setTexts(set: number, missing: number): SetTexts {
    const lacking = (set & factMissing) === 0 ? 0 : missing;
    let byMissing = this.#sets.get(set);
    if (byMissing === undefined) this.#sets.set(set, (byMissing = new Map()));
    let texts = byMissing.get(lacking);
    if (texts === undefined) byMissing.set(lacking, (texts = this.#textsOfSet(set, lacking)));
    return texts;
  }

  #textsOfSet(set: number, missing: number): SetTexts {
    const reasons = reasonsIn(set).flatMap((code) =>
      code === 'resource.fact_missing'
        ? factsIn(missing).map((key) => this.#reasonTexts(code, factBitOf(key)))
        : [this.#reasonTexts(code, 0)],
    );
    const text = `${this.#before}{"outcome":"${outcomeOfSet(set)}","reasons":${reasons.length === 0 ? '[' : ''}`;
    const opening = Buffer.from(text);
    this.#world.kept += opening.length + 200;
    return { opening, reasons };
  }

  #reasonTexts(code: ReasonCode, missing: FactSet): ReasonTexts {
    const key = missing === 0 ? code : missing;
    let texts = this.#reasons.get(key);
    if (texts === undefined) this.#reasons.set(key, (texts = this.#differences(code, missing)));
    return texts;
  }

  #differences(code: ReasonCode, missing: FactSet): ReasonTexts {
    const differBy: ((told: Told) => Value)[] = [];
    const fill: ((told: Told) => void)[] = [];
    if (code === 'resource.purchased_term_too_short') {
      fill.push(this.#fillBoughtTerm());
      differBy.push(({ values }) => values[slot.boughtDays]?.length);
    } else if (code === 'resource.remaining_term_too_short') {
      fill.push(this.#fillLeftDays());
      differBy.push(({ values }) => values[slot.leftDays]?.length);
    }
    for (const fact of namedFactsOf(code, missing)) {
      const filled = fillers[fact];
      if (filled !== undefined) fill.push(filled);
      differBy.push(...differencesOf(fact, this.#world.context));
    }
    return { code, missing, differBy, fill, tree: new Map(), only: null };
  }

  #fillLeftDays(): (told: Told) => void {
    const { at } = this.#world;
    return ({ resource: { expiresAt }, values }) => {
      values[slot.leftDays] = String(Math.max(0, daysFrom(at, expiresAt ?? at)));
    };
  }

  /** The day that the remedy must reach depends on the day of purchase; each is worked out once. */
  #fillBoughtTerm(): (told: Told) => void {
    const { at } = this.#world;
    const terms = this.#policy.version.terms.bought;
    const days = new Map<Day, Day>();
    return ({ resource: { boughtAt = at, expiresAt = at }, values }) => {
      let until = days.get(boughtAt);
      if (until === undefined) {
        const deadline: Deadline = { from: boughtAt, terms: terms === null ? [] : [terms], notBefore: at };
        if (days.size > 10_000) days.clear();
        days.set(boughtAt, (until = dayReached(deadline)));
      }
      values[slot.until] = until;
      values[slot.boughtDays] = String(daysFrom(boughtAt, expiresAt));
    };
  }

  #make(texts: ReasonTexts, told: Told): TextTemplate {
    const { context, at } = this.#world;
    const { resource, quota } = told;
    const decided = { use: this.#use, resource, policy: this.#policy, at, context, quota };
    const [found] = findingsIn(setOfReasons([texts.code]), texts.missing, decided);
    if (found === undefined) throw new Error(`${texts.code} has no words`);
    const bound = found.code === 'resource.fact_missing' && found.detail.key === 'boundTo' && found.detail.given;
    const reason = explainAs(found, bound ? { given: markOf('boundTo') } : marksFor(found.code));
    const template = new TextTemplate(`,${JSON.stringify(reason)}`, told.values);
    this.#world.kept += template.bytes.length + 200;
    if (texts.differBy.length === 0) {
      texts.only = template;
      return template;
    }
    let here = texts.tree;
    const path = texts.differBy.map((differ) => differ(told));
    for (const value of path.slice(0, -1)) {
      const known = here.get(value);
      const next: Tree = known instanceof Map ? known : new Map();
      here.set(value, next);
      here = next;
    }
    here.set(path.at(-1), template);
    return template;
  }

  #quotaText(quota: Quota): Buffer {
    const { used, limit } = quota;
    // With another limit, as with several addresses, it is another text.
    if (used >= 4096 || limit !== this.#policy.version.quotaOf[this.#use]?.limit) return quotaText(quota);
    return (this.#quotas[used] ??= quotaText(quota));
  }
}

/** The template for the resource's values, if it was made. */
function templateIn({ tree, differBy }: ReasonTexts, told: Told): TextTemplate | null {
  let here: Tree | TextTemplate | undefined = tree;
  for (let index = 0; index < differBy.length && here instanceof Map; index += 1)
    here = here.get(differBy[index]?.(told));
  return here === undefined || here instanceof Map ? null : here;
}

const noQuota = Buffer.from('],"quota":null');
const openBracket = 0x5b;
const factMissing = setOfReasons(['resource.fact_missing']);

function quotaText(quota: Quota): Buffer {
  return Buffer.from(`],"quota":${JSON.stringify(quota)}`);
}

/** Facts that are written into a template. */
const fillers: { readonly [F in NamedFact]?: (told: Told) => void } = {
  boughtAt: ({ resource, values }) => {
    values[slot.boughtAt] = resource.boughtAt ?? '';
  },
  expiresAt: ({ resource, values }) => {
    values[slot.expiresAt] = resource.expiresAt ?? '';
  },
  account: ({ resource, values }) => {
    values[slot.account] = resource.account ?? '';
  },
  boundTo: ({ resource, values }) => {
    values[slot.boundTo] = resource.boundTo ?? '';
  },
  orderAmountCny: ({ resource, values }) => {
    values[slot.amount] = (resource.orderAmountCny ?? 0).toFixed(2);
  },
};

/** What a text differs by where it names the fact; days are all of one length. */
function differencesOf(fact: NamedFact, context: InventoryContext): ((told: Told) => Value)[] {
  switch (fact) {
    case 'boughtAt':
    case 'expiresAt':
      return [];
    case 'account':
      return [({ values }) => values[slot.account]?.length];
    case 'boundTo':
      return [({ values }) => values[slot.boundTo]?.length];
    case 'orderAmountCny':
      return [({ values }) => values[slot.amount]?.length];
    case 'quota':
      return [({ quota }) => quota?.limit, ({ quota }) => quota?.used];
    case 'realName':
      return [({ resource: { account } }) => (account === undefined ? undefined : context.realNameOf(account))];
    case 'publicIps[].kind':
      return [({ resource }) => resource.publicIps?.findIndex(({ kind }) => kind === undefined)];
    default:
      return [valueReader(fact)];
  }
}

/** Reads a fact by its key, such as `billing` or `package.invocations`. */
function valueReader(fact: string): (told: Told) => Value {
  const [outer = '', inner] = fact.split('.');
  const single = (value: unknown): Value =>
    typeof value === 'string' || typeof value === 'number' ? value : undefined;
  // The facts that words name are keys of a resource, or of an object in it.
  const of = (holder: unknown, key: string): unknown =>
    (holder as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (inner === undefined) return ({ resource }) => single(of(resource, outer));
  return ({ resource }) => single(of(of(resource, outer), inner));
}
