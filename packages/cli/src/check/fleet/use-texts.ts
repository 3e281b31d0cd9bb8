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
import { limitFor, type QuotaUse } from '@openbeian/model/quota';
import type { OutputBlock } from './output-block.ts';
import { SetRows } from './set-rows.ts';
import { type TemplateId, TextArena } from './text-arena.ts';
import { markOf, marksFor, type SlotValues, slotKinds } from './text-template.ts';

/** What decides texts, the same for a whole fleet, and the templates that were made. */
export interface TextWorld {
  readonly context: InventoryContext;
  readonly at: Day;
  readonly arena: TextArena;
  /** Programs of sets of reasons: see `UseTexts`. */
  readonly sets: SetRows;
  readonly reasons: ReasonTexts[];
  readonly told: Told;
  /** How many `UseTexts` there are. */
  uses: number;
}

export function textWorld(context: InventoryContext, at: Day): TextWorld {
  const values: SlotValues = slotKinds.map(() => '');
  // The resource is replaced before anything looks at it.
  const told = { resource: {} as Resource, used: 0, limit: 0, values };
  return { context, at, arena: new TextArena(), sets: new SetRows(), reasons: [], told, uses: 0 };
}

/** The resource whose use is being put into words; one object for all. */
interface Told {
  resource: Resource;
  /** Of its quota; -1: none. */
  used: number;
  limit: number;
  readonly values: SlotValues;
}

type Value = string | number | undefined;
/** What words differ by; of days, accounts and the like only the length. */
type Difference = (told: Told) => Value;
/** Fills in `told.values`. */
type Filler = (told: Told) => void;

/** Templates by one value after the other, the last one holding the template. */
type Tree = Map<Value, Tree | TemplateId>;

/** One reason as one policy words it for one use. */
interface ReasonTexts {
  readonly code: ReasonCode;
  /** Of `resource.fact_missing`, the fact; 0 for any other reason. */
  readonly missing: FactSet;
  /** Each a level of `tree`. */
  readonly differBy: readonly Difference[];
  /** Called before `differBy`. */
  readonly fill: readonly Filler[];
  readonly tree: Tree;
  /** Its place in the world's list. */
  readonly place: number;
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
 * reason do not depend on the others, and the bench's million resources need 2,535 templates, which the processor's cache holds,
 * where sets of reasons needed 17,230.
 */
export class UseTexts {
  readonly #before: TemplateId;
  readonly #use: QuotaUse;
  readonly #policy: Policy;
  readonly #world: TextWorld;
  /** Among those of the world, from 1. */
  readonly #owner: number;
  readonly #reasons = new Map<ReasonCode | FactSet, ReasonTexts>();
  readonly #rule: Policy['version']['quotaOf'][QuotaUse];
  readonly #noQuota: TemplateId;
  readonly #quotas: (TemplateId | undefined)[] = [];

  /** `before`: what comes before the use in its line. */
  constructor(before: string, use: QuotaUse, policy: Policy, world: TextWorld) {
    this.#before = world.arena.add(before, []);
    this.#noQuota = world.arena.add('],"quota":null', []);
    this.#use = use;
    this.#policy = policy;
    this.#rule = policy.version.quotaOf[use];
    this.#world = world;
    this.#owner = world.uses += 1;
  }

  put(out: OutputBlock, resource: Resource, { set, missing, counted }: FoundUse): void {
    const { arena, told, sets } = this.#world;
    const rule = this.#rule;
    const isCounted = counted && rule !== null;
    told.resource = resource;
    told.used = isCounted ? this.#world.context.drawn(this.#use, rule, resource) : -1;
    told.limit = isCounted ? limitFor(rule, resource) : 0;
    const lacking = (set & factMissing) === 0 ? 0 : missing;
    let program = sets.find(this.#owner, set, lacking);
    if (program < 0) program = this.#programOf(set, lacking);
    arena.put(out, this.#before, told.values);
    arena.put(out, arena.numbers[program] ?? 0, told.values);
    const reasons = arena.numbers[program + 1] ?? 0;
    const first = out.end;
    for (let at = program + 2; at < program + 2 + reasons; at += 1) {
      const reason = arena.numbers[at] ?? 0;
      arena.put(out, reason >= 0 ? reason : this.#templateOf(reason), told.values);
    }
    // Every reason begins with a comma, which spares a copy; before the first one is the bracket.
    if (reasons > 0) out.bytes[first] = openBracket;
    if (!isCounted) arena.put(out, this.#noQuota, told.values);
    // With another limit, as with several addresses, it is another text.
    else if (told.limit === rule.limit && told.used < 4096) arena.put(out, this.#quotaText(), told.values);
    else out.putText(this.#quotaWords());
  }

  /** The template of a reason whose words differ, with the values filled in. */
  #templateOf(reason: number): TemplateId {
    const { told, reasons } = this.#world;
    const texts = reasons[-1 - reason];
    if (texts === undefined) throw new Error('a program names no reason');
    const { fill } = texts;
    for (let index = 0; index < fill.length; index += 1) fill[index]?.(told);
    const known = templateIn(texts, told);
    return known < 0 ? this.#make(texts) : known;
  }

  /**
   * The numbers by which the uses with this set are put: the template up to the list of reasons, how many there are, and for each its
   * template, or as a negative number its place in the world's list.
   */
  #programOf(set: number, missing: number): number {
    const { arena, sets } = this.#world;
    const reasons = reasonsIn(set).flatMap((code) =>
      code === 'resource.fact_missing'
        ? factsIn(missing).map((key) => this.#reasonTexts(code, factBitOf(key)))
        : [this.#reasonTexts(code, 0)],
    );
    const opening = arena.add(`{"outcome":"${outcomeOfSet(set)}","reasons":${reasons.length === 0 ? '[' : ''}`, []);
    const parts = reasons.map((texts) => {
      if (texts.differBy.length > 0 || texts.fill.length > 0) return -1 - texts.place;
      const known = templateIn(texts, this.#world.told);
      return known < 0 ? this.#make(texts) : known;
    });
    const program = arena.addNumbers([opening, parts.length, ...parts]);
    sets.add(this.#owner, set, missing, program);
    return program;
  }

  #reasonTexts(code: ReasonCode, missing: FactSet): ReasonTexts {
    const key = missing === 0 ? code : missing;
    let texts = this.#reasons.get(key);
    if (texts === undefined) this.#reasons.set(key, (texts = this.#differences(code, missing)));
    return texts;
  }

  #differences(code: ReasonCode, missing: FactSet): ReasonTexts {
    const differBy: Difference[] = [];
    const fill: Filler[] = [];
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
    const { reasons } = this.#world;
    const texts = { code, missing, differBy, fill, tree: new Map(), place: reasons.length };
    reasons.push(texts);
    return texts;
  }

  #fillLeftDays(): Filler {
    const { at } = this.#world;
    return ({ resource: { expiresAt }, values }) => {
      values[slot.leftDays] = String(Math.max(0, daysFrom(at, expiresAt ?? at)));
    };
  }

  /** The day that the remedy must reach depends on the day of purchase; each is worked out once. */
  #fillBoughtTerm(): Filler {
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

  #make(texts: ReasonTexts): TemplateId {
    const { context, at, arena, told } = this.#world;
    const { resource, values } = told;
    const quota = told.used < 0 ? null : quotaOf(this.#use, resource, context, this.#policy);
    const decided = { use: this.#use, resource, policy: this.#policy, at, context, quota };
    const [found] = findingsIn(setOfReasons([texts.code]), texts.missing, decided);
    if (found === undefined) throw new Error(`${texts.code} has no words`);
    const bound = found.code === 'resource.fact_missing' && found.detail.key === 'boundTo' && found.detail.given;
    const reason = explainAs(found, bound ? { given: markOf('boundTo') } : marksFor(found.code));
    const template = arena.add(`,${JSON.stringify(reason)}`, values);
    // A reason whose words differ by nothing has a tree of one template.
    const path = texts.differBy.length === 0 ? [undefined] : texts.differBy.map((differ) => differ(told));
    let here = texts.tree;
    for (const value of path.slice(0, -1)) {
      const known = here.get(value);
      const next: Tree = known instanceof Map ? known : new Map();
      here.set(value, next);
      here = next;
    }
    here.set(path.at(-1), template);
    return template;
  }

  #quotaText(): TemplateId {
    const { told, arena } = this.#world;
    return (this.#quotas[told.used] ??= arena.add(this.#quotaWords(), []));
  }

  #quotaWords(): string {
    const { told, context } = this.#world;
    return `],"quota":${JSON.stringify(quotaOf(this.#use, told.resource, context, this.#policy))}`;
  }
}

/** The template for the resource's values; -1: not made yet. */
function templateIn({ tree, differBy }: ReasonTexts, told: Told): TemplateId {
  if (differBy.length === 0) return leafOf(tree.get(undefined));
  let here: Tree | TemplateId | undefined = tree;
  for (let index = 0; index < differBy.length && here instanceof Map; index += 1)
    here = here.get(differBy[index]?.(told));
  return leafOf(here);
}

const leafOf = (found: Tree | TemplateId | undefined): TemplateId => (typeof found === 'number' ? found : -1);

const openBracket = 0x5b;
const factMissing = setOfReasons(['resource.fact_missing']);

/** Facts that are written into a template. */
const fillers: { readonly [F in NamedFact]?: Filler } = {
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
function differencesOf(fact: NamedFact, context: InventoryContext): readonly Difference[] {
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
      return [({ limit }) => limit, ({ used }) => used];
    case 'realName':
      return [({ resource: { account } }) => (account === undefined ? undefined : context.realNameOf(account))];
    case 'publicIps[].kind':
      return [({ resource }) => resource.publicIps?.findIndex(({ kind }) => kind === undefined)];
    default:
      return [valueReader(fact)];
  }
}

/** Reads a fact by its key, such as `billing` or `package.invocations`. */
function valueReader(fact: string): Difference {
  const [outer = '', inner] = fact.split('.');
  const single = (value: unknown): Value =>
    typeof value === 'string' || typeof value === 'number' ? value : undefined;
  // The facts that words name are keys of a resource, or of an object in it.
  const of = (holder: unknown, key: string): unknown =>
    (holder as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (inner === undefined) return ({ resource }) => single(of(resource, outer));
  return ({ resource }) => single(of(of(resource, outer), inner));
}
