import { dayOf } from '@openbeian/model/calendar';
import {
  type FilingState,
  filingStates,
  isWithCustomer,
  medianOf,
  openAsk,
  type ReviewOutcome,
} from '@openbeian/model/filing';
import { fieldsOf, formFor } from '@openbeian/model/forms';
import { materialNameAt } from '@openbeian/model/materials';
import type { ReviewCount, StatisticsFilter } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { refuseLongSpan } from './long-span.ts';

type Done = Partial<Record<ReviewOutcome, number>>;

/**
 * What was done with filings on these days, by reviewer, province, reason and field, and for how long they stayed with whom. Read off
 * tallies that are kept while filings move, so that no filing is read. `input.invalid` for more than 92 days.
 */
export const getReviewStatistics = query(
  { id: 'getReviewStatistics', faults: [], mayLag: true },
  async (step, input: StatisticsFilter) => {
    const { tx } = step;
    refuseLongSpan(step, input);
    const byReviewer = await tx.reviews.countBy('reviewer', input);
    const byDay = grouped(await tx.reviews.countBy('reviewer_day', input));
    const names = new Map(byReviewer.map(({ key, name }) => [key, name]));
    const texts = textsOf(step);
    return {
      reviewers: [...grouped(byReviewer)].map(([id, done]) => ({
        id,
        name: names.get(id) ?? null,
        done,
        days: [...byDay].flatMap(([key, ofDay]) => {
          const [who, day = ''] = key.split(' ');
          return who === id ? [{ day, done: ofDay }] : [];
        }),
      })),
      provinces: [...grouped(await tx.reviews.countBy('province', input))].map(([code, done]) => ({ code, done })),
      rules: mostFirst(await tx.reviews.countBy('rule', input)).map(([rule, done]) => ({
        rule,
        text: texts.ofRule(rule),
        done,
      })),
      fields: mostFirst(await tx.reviews.countBy('field', input)).map(([field, done]) => ({
        field,
        text: texts.ofField(field),
        done,
      })),
      stays: staysOf(await tx.reviews.listStays(input)),
    };
  },
);

function grouped(rows: readonly ReviewCount[]): Map<string, Done> {
  const all = new Map<string, Done>();
  for (const { key, outcome, count } of rows) all.set(key, { ...all.get(key), [outcome]: count });
  return all;
}

const sumOf = (done: Done): number => Object.values(done).reduce((sum, count) => sum + count, 0);
const mostFirst = (rows: readonly ReviewCount[]) =>
  [...grouped(rows)].sort(([a, one], [b, other]) => sumOf(other) - sumOf(one) || (a < b ? -1 : 1));

/** What people call rules and fields; one that nobody knows any more goes by its id. */
function textsOf({ deps, at }: Pick<Step, 'deps' | 'at'>) {
  const context = {
    kind: 'first',
    subjectKind: 'enterprise',
    provinceCode: '110000',
    domainName: 'example.cn',
    at: dayOf(at),
    tables: deps.codeTables,
    divisions: deps.divisions,
  } as const;
  const forms = (['app', 'website'] as const).map((serviceKind) => formFor({ ...context, serviceKind }));
  const fields = new Map(forms.flatMap((form) => fieldsOf(form)).map(({ path, label }) => [path, label]));
  const whole = { zh: '整份订单', en: 'Filing as a whole' };
  return {
    ofRule: (rule: string) => deps.returnReasons.find(({ id }) => id === rule)?.message ?? { zh: rule, en: rule },
    ofField: (field: string) =>
      field === '' ? whole : (fields.get(field) ?? materialNameAt(field) ?? { zh: field, en: field }),
  };
}

const holders = {
  customer: 'customer',
  reviewer: 'provider',
  worker: 'provider',
  authority: 'authority',
  nobody: 'provider',
} as const;

/** Object.keys forgets which keys there are. */
const allStates = Object.keys(filingStates) as FilingState[];

interface Stay {
  readonly state: FilingState | 'asked';
  readonly minutes: number;
  readonly count: number;
}

function staysOf(stays: readonly Stay[]) {
  const states = [...allStates, 'asked' as const];
  return states.flatMap((state) => {
    const own = stays.filter((stay) => stay.state === state);
    const medianMinutes = medianOf(own);
    if (medianMinutes === null) return [];
    const { owner, zh, en } = state === 'asked' ? openAsk : filingStates[state];
    const count = own.reduce((sum, one) => sum + one.count, 0);
    const holder = state !== 'asked' && isWithCustomer(state) ? 'customer' : holders[owner];
    return [{ state, text: { zh, en }, holder, count, medianMinutes }];
  });
}
