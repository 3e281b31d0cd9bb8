import { expect, test } from 'vitest';
import {
  type Route,
  type RouteCase,
  type RouteRules,
  routeCaseSchema,
  routedKinds,
  routeFiling,
  routeIntents,
  routeReasonCodes,
} from '../index.ts';

const rules: RouteRules = {
  placeOf: (_provider, region) => (({ in: 'mainland', out: 'outside' }) as const)[region] ?? null,
  anyNumberSource: () => null,
};
const either = [true, false];
const domains = ['example.cn', 'www.example.io', 'me.github.io', 'erp.local', 'example.foobar'] as const;

const subjects = either.flatMap((filed) =>
  either.flatMap((here) =>
    [undefined, 'certificate', 'nature'].map((changed) => ({ filed, here, ...(changed ? { changed } : {}) })),
  ),
);
const records = either.flatMap((exists) =>
  either.flatMap((here) =>
    either.flatMap((sameAccount) =>
      [undefined, true, false].map((ofOtherSubject) => ({
        exists,
        here,
        sameAccount,
        ...(ofOtherSubject === undefined ? {} : { ofOtherSubject }),
      })),
    ),
  ),
);

/** What cannot be true together, said once more and in other words than the schema says it. */
function isContradiction({ domain, subject, record }: RouteCase): boolean {
  const isOwn = record.ofOtherSubject === undefined ? record.sameAccount : !record.ofOtherSubject;
  return (
    (!subject.filed && (subject.here || subject.changed !== undefined)) ||
    (!record.exists && (record.here || record.sameAccount || record.ofOtherSubject === true)) ||
    (!record.here && record.sameAccount) ||
    (record.exists && isOwn && !subject.filed) ||
    (record.exists && domain === 'erp.local')
  );
}

/** Why an answer does not follow from its case; null when it does. */
function objectionTo(facts: RouteCase, route: Route): string | null {
  const { subject, record, hosting, intent, asked, purpose } = facts;
  const { filing, need, accessible } = route;
  const codes = route.reasons.map(({ code }) => code);
  const foreign = record.exists && (record.ofOtherSubject ?? !subject.filed);
  const own = record.exists && !foreign;
  const known = subject.here || (record.here && own);
  const open = intent === 'open';
  const ends = route.steps[0]?.action === 'end_foreign_record';
  const wrong: [boolean, string][] = [
    [(filing === 'none') !== (need === 'not_required'), 'a need without a filing, or the other way round'],
    [need === 'advisable' && !(open && purpose === 'planned'), 'only what is planned can wait'],
    [(filing === 'none' || !open) && accessible !== 'now', 'nothing to wait for'],
    [route.reasons.length === 0, 'no reason'],
    [new Set(codes).size !== codes.length, 'a reason twice'],
    [(filing === 'none') !== (route.steps.length === 0), 'steps without a filing, or a filing without steps'],
    [filing === 'first' && subject.filed, 'first, though filed'],
    [(filing === 'add_site_here' || filing === 'add_site_elsewhere') && !subject.filed, 'added to nothing'],
    [filing === 'add_site_here' && !known, 'added here, though unknown here'],
    [filing === 'add_site_elsewhere' && known, 'added from elsewhere, though known here'],
    [filing.startsWith('add_site') && own, 'added, though on record'],
    [
      open && foreign && ['first', 'add_site_here', 'add_site_elsewhere'].includes(filing) && !ends,
      'over another’s record',
    ],
    [ends && !foreign, 'ends a record that is its own'],
    [filing === 'access' && !(own && !record.here && subject.filed && hosting.role !== 'delivery'), 'access of what'],
    [filing === 'move_account' && !(own && record.here), 'moves what is not here'],
    [filing === 'move_account' && record.sameAccount && intent !== 'move_account', 'moves what is in its place'],
    [
      filing === 'change_filing' && !(known && (!open || subject.changed !== undefined)),
      'changes nothing, or elsewhere',
    ],
    [filing === 'cancel_subject' && !known, 'cancels elsewhere'],
    [
      ['change_site', 'cancel_site', 'cancel_access'].includes(filing) && !(own && record.here && record.sameAccount),
      'changes what is not its account’s',
    ],
    [open && hosting.region === 'out' && filing !== 'none', 'files abroad'],
    [open && purpose === 'none' && filing !== 'none', 'files without a site'],
    [codes.includes('route.filed_elsewhere') && !(own && !record.here), 'filed elsewhere, says it'],
    [codes.includes('route.filed_here') && !(own && record.here), 'filed here, says it'],
    [codes.includes('route.never_filed') && (subject.filed || record.exists), 'never filed, says it'],
    [codes.includes('route.subject_is_here') && !(own && record.here && !subject.here), 'a needless note'],
    [
      codes.includes('route.asked_elsewhere') && (asked === undefined || asked === hosting.provider),
      'nobody else was asked',
    ],
  ];
  return wrong.find(([holds]) => holds)?.[1] ?? null;
}

/** Every combination of closed facts, in two products: what is on record with what is wanted, and what is wanted with where it runs. */
function* allCases(): Generator<RouteCase> {
  const hosting = { provider: 'ours', product: 'server', region: 'in', hostname: 'custom' } as const;
  const base = { domain: 'example.cn', purpose: 'web', hosting } as const;
  for (const subject of subjects as RouteCase['subject'][])
    for (const record of records)
      for (const intent of routeIntents) {
        for (const domain of domains)
          for (const role of ['server', 'delivery'] as const)
            for (const asked of ['ours', 'others'])
              yield { ...base, domain, hosting: { ...hosting, role }, subject, record, intent, asked };
        if (intent !== 'open') continue;
        for (const purpose of routeCaseSchema.shape.purpose.options)
          for (const region of ['in', 'out', 'unlisted'])
            for (const hostname of ['custom', 'provider_default'] as const)
              for (const role of ['server', 'delivery'] as const)
                yield { ...base, purpose, hosting: { ...hosting, region, hostname, role }, subject, record, intent };
      }
}

test('every combination of facts is refused at its place, or answered with what follows from it', () => {
  const seen = { filings: new Set<string>(), codes: new Set<string>(), refused: 0, answered: 0 };
  for (const facts of allCases()) {
    const parsed = routeCaseSchema.safeParse(facts);
    if (parsed.success === isContradiction(facts))
      expect({ facts, accepted: parsed.success }).toBe('the other way round');
    if (!parsed.success) {
      seen.refused += 1;
      for (const { path } of parsed.error.issues) if (path.length !== 2) expect({ facts, path }).toBe('a place');
      continue;
    }
    seen.answered += 1;
    const route = routeFiling(parsed.data, rules);
    const objection = objectionTo(facts, route);
    if (objection !== null) expect({ facts, route, objection }).toBe('an answer that follows');
    seen.filings.add(route.filing);
    for (const { code } of route.reasons) seen.codes.add(code);
  }
  expect(seen.refused).toBeGreaterThan(5000);
  expect(seen.answered).toBeGreaterThan(5000);
  expect([...seen.filings].sort()).toEqual([...routedKinds, 'elsewhere', 'none'].sort());
  // Ports, protocols and addresses only add a word.
  const beside = ['route.any_port', 'route.any_protocol', 'route.ipv6'];
  expect([...seen.codes, ...beside].sort()).toEqual([...routeReasonCodes].sort());
});

test('every reason is a whole sentence in both languages, with its source', () => {
  const facts = {
    hosting: {
      provider: 'ours',
      product: 'server',
      hostname: 'custom',
      port: 8443,
      protocol: 'https',
      addresses: 'ipv6',
    },
  } as const;
  for (const domain of domains)
    for (const record of records)
      for (const subject of subjects as RouteCase['subject'][])
        for (const intent of routeIntents)
          for (const region of ['in', 'unlisted']) {
            const hosting = { ...facts.hosting, region };
            const route = routeFiling({ domain, purpose: 'planned', hosting, subject, record, intent }, rules);
            for (const { message, source } of route.reasons) {
              if (
                /undefined|null|NaN|（）|\(\)/.test(`${message.zh}${message.en}${source}`) ||
                !/[\u4e00-\u9fff].*。$/.test(message.zh) ||
                !/^[A-Z0-9a-z].*\.$/.test(message.en)
              ) {
                expect(message).toBe('a sentence');
              }
            }
          }
});
