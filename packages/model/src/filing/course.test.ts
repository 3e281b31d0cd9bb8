import { describe, expect, test } from 'vitest';
import { courseOf, type FilingCourse, materialsOf, type StartingFacts, unmetBy } from './course.ts';
import { materialKeys } from './course-texts.ts';
import { type FilingKind, filingKinds, filingKindTable, routedKindOf, routedKinds, subjectKinds } from './kinds.ts';
import { filingStates } from './lifecycle/states.ts';
import { type RouteCase, routeCaseSchema, routeIntents } from './route/case.ts';
import { routeFiling } from './route/route.ts';

const either = [true, false];

/** Every combination of what is on record, that holds no contradiction. */
function* cases(): Generator<RouteCase> {
  const hosting = { provider: 'ours', product: 'server', region: 'in', hostname: 'custom' } as const;
  for (const filed of either)
    for (const here of either)
      for (const changed of [undefined, 'certificate', 'nature'] as const)
        for (const exists of either)
          for (const recordHere of either)
            for (const sameAccount of either)
              for (const ofOtherSubject of either)
                for (const intent of routeIntents) {
                  const parsed = routeCaseSchema.safeParse({
                    domain: 'example.cn',
                    purpose: 'web',
                    hosting,
                    subject: { filed, here, ...(changed === undefined ? {} : { changed }) },
                    record: { exists, here: recordHere, sameAccount, ofOtherSubject },
                    intent,
                  });
                  if (parsed.success) yield parsed.data;
                }
}

function startingFactsOf({ subject, record }: RouteCase): StartingFacts {
  const own = record.exists && record.ofOtherSubject !== true;
  return {
    subject: {
      filed: subject.filed,
      here: subject.here || (record.here && own),
      changed: subject.changed !== undefined,
    },
    service: { filed: own, here: own && record.here && record.sameAccount },
    otherServices: 1,
    openFilings: 0,
    demanded: false,
    targetReady: true,
  };
}

test('what the facts route to can be started on them: no precondition of it is unmet', () => {
  const seen = new Set<string>();
  for (const facts of cases()) {
    const { filing } = routeFiling(facts, { placeOf: () => 'mainland', anyNumberSource: () => null });
    if (filing === 'none' || filing === 'elsewhere') continue;
    seen.add(filing);
    const unmet = unmetBy(filing, startingFactsOf(facts));
    if (unmet.length > 0) expect({ facts, filing, unmet }).toBe('all met');
  }
  expect([...seen].sort()).toEqual([...routedKinds].sort());
});

const nothing: StartingFacts = {
  subject: { filed: false, here: false, changed: true },
  service: { filed: false, here: false },
  otherServices: 0,
  openFilings: 1,
  demanded: false,
  targetReady: false,
};

test.each(filingKinds)('%s is kept from starting where its facts do not hold', (kind) => {
  const unmet = unmetBy(kind, nothing);
  const holdsOfNothing = ['subject_unfiled', 'service_unfiled', 'service_not_here'];
  expect(unmet).toEqual(courseOf(kind).preconditions.filter((one) => !holdsOfNothing.includes(one)));
});

test('one-click access needs the organiser here and unaltered; a correction needs a demand', () => {
  const ready: StartingFacts = {
    subject: { filed: true, here: true, changed: false },
    service: { filed: true, here: false },
    otherServices: 1,
    openFilings: 0,
    demanded: true,
    targetReady: true,
  };
  expect(unmetBy('access_one_click', ready)).toEqual([]);
  const altered = { ...ready, subject: { ...ready.subject, changed: true } };
  expect(unmetBy('access_one_click', altered)).toEqual(['unaltered']);
  expect(unmetBy('access_one_click', { ...ready, subject: { filed: true, here: false, changed: false } })).toEqual([
    'subject_here',
  ]);
  const here = { ...ready, service: { filed: true, here: true } };
  expect(unmetBy('correction', here)).toEqual([]);
  expect(unmetBy('correction', { ...here, demanded: false })).toEqual(['demanded']);
  expect(unmetBy('cancel_site', { ...here, otherServices: 0 })).toEqual(['not_last_service']);
  expect(unmetBy('cancel_subject', { ...here, openFilings: 1 })).toEqual(['nothing_open']);
});

describe.each(filingKinds)('%s', (kind: FilingKind) => {
  const course: FilingCourse = courseOf(kind);
  const row = filingKindTable[kind];
  const act = course.operation?.act;

  test('has a course that agrees with its row', () => {
    expect(course.operation === null).toBe(row.decidedBy === 'both_accounts');
    expect(row.opens).toBe(act === 'add');
    expect(course.reviewedBy.includes('provider')).toBe(course.limits.providerReview !== null);
    expect(course.reviewedBy.includes('authority')).toBe(course.limits.authority !== null);
    expect(course.smsBy.length > 0).toBe(course.limits.sms !== null);
    for (const state of Object.values(course.limits))
      if (state !== null && state !== 'demand') expect(filingStates).toHaveProperty(state);
    const steps: readonly string[] = row.steps;
    expect(steps.includes('confirm_sms')).toBe(course.smsBy.length > 0);
    expect(steps.includes('provider_review')).toBe(course.reviewedBy.includes('provider'));
    expect(steps.includes('authority_review')).toBe(course.reviewedBy.includes('authority'));
    expect(steps.includes('keep_closed')).toBe(course.site === 'closed');
    expect(steps.includes('open_after_review')).toBe(course.site === 'open_after_review');
  });

  test('leaves what is filed as it is until the verdict, and after a refusal', () => {
    if (row.about === 'new_service') expect(course.refused.record).toBe('nothing_made');
    else expect(course.refused.record).toBe('stays_as_filed');
    if (course.site === 'open') expect(course.refused.site).toBe('stays_open');
    expect(course.approved.gate === 'closes').toBe(act === 'cancel');
  });

  test('asks for each material once, of units and of individuals', () => {
    for (const subjectKind of subjectKinds) {
      const keys = materialsOf(kind, subjectKind).map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(materialKeys).toContain(key);
      if (act === 'add' || act === 'change') expect(keys.length).toBeGreaterThan(0);
      else expect(keys).toEqual([]);
    }
    const individual = materialsOf(kind, 'individual').map(({ key }) => key);
    expect(individual).not.toContain('legal_representative_id');
  });

  test('is called by a name that the route knows', () => {
    expect(routedKinds).toContain(routedKindOf(kind));
  });
});
