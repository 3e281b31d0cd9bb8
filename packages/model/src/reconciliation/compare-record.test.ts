import { describe, expect, test } from 'vitest';
import {
  type BothSides,
  compareRecord,
  type DeliveredRecord,
  isUnsaid,
  nameToAsk,
  type OurRecord,
  type StatusAnswer,
  saysEnough,
  unjudgedKinds,
} from './compare-record.ts';
import { differenceKinds, differenceTexts, repairsOf, repairTexts, unjudgedText } from './words.ts';

const number = '粤ICP备2026000123号-1';
const ours: OurRecord = {
  serviceNumber: number,
  subjectName: '星海贸易有限公司',
  certificateKey: 'key-1',
  serviceName: '星海商城',
  domainName: 'example.cn',
  isInForce: true,
  hasAccess: true,
};
const delivered: DeliveredRecord = {
  serviceNumber: number,
  subjectName: '星海贸易有限公司',
  certificateKeys: ['key-0', 'key-1'],
  serviceName: '星海商城',
  domainNames: ['example.cn'],
  hasAccess: true,
  hasEnded: false,
  isCurrent: true,
};
const answer: StatusAnswer = {
  domainName: 'example.cn',
  isFiled: true,
  serviceNumber: number,
  isOtherHere: false,
};
const unfiled: StatusAnswer = { ...answer, isFiled: false, serviceNumber: null };
const cancelled = { ...ours, isInForce: false };

const found = (sides: Partial<BothSides>) =>
  compareRecord({ ours, delivered, answer, isLeftOut: false, ...sides }).map(({ kind }) => kind);

describe('what either side has of one record', () => {
  test('agrees, whatever of it the authority has said', () => {
    expect(found({})).toEqual([]);
    expect(found({ delivered: null })).toEqual([]);
    expect(found({ answer: null })).toEqual([]);
    expect(found({ delivered: null, answer: null })).toEqual([]);
    expect(found({ ours: null, delivered: null, answer: null })).toEqual([]);
    expect(found({ delivered: { ...delivered, subjectName: ' 星海贸易有限公司', serviceName: '星海　商城' } })).toEqual(
      [],
    );
    expect(
      found({
        delivered: {
          ...delivered,
          subjectName: null,
          certificateKeys: null,
          serviceName: null,
          domainNames: null,
          hasAccess: null,
        },
      }),
    ).toEqual([]);
  });

  test.each<[string, Partial<BothSides>, readonly string[]]>([
    ['never delivered, not filed', { delivered: null, answer: unfiled }, ['missing_there']],
    ['delivered once, not filed', { answer: unfiled }, ['cancelled_there']],
    ['told that it ended', { answer: null, delivered: { ...delivered, hasEnded: true } }, ['cancelled_there']],
    ['cancelled here', { ours: cancelled }, ['in_force_there']],
    ['cancelled here, delivered in force, nobody to ask', { ours: cancelled, answer: null }, ['in_force_there']],
    ['only there', { ours: null, answer: null }, ['missing_here']],
    ['only there, as it answers', { ours: null }, ['missing_here']],
    ['another number', { answer: { ...answer, serviceNumber: '粤ICP备2026000124号-1' } }, ['number_differs']],
    [
      'another number delivered',
      { answer: null, delivered: { ...delivered, serviceNumber: '粤ICP备2026000124号-1' } },
      ['number_differs'],
    ],
    ['another organiser', { delivered: { ...delivered, subjectName: '别家有限公司' } }, ['holder_differs']],
    ['another certificate', { delivered: { ...delivered, certificateKeys: ['key-9'] } }, ['certificate_differs']],
    ['another name of the site', { delivered: { ...delivered, serviceName: '别的' } }, ['service_name_differs']],
    ['another domain', { delivered: { ...delivered, domainNames: ['other.cn'] } }, ['domain_differs']],
    ['a further domain', { delivered: { ...delivered, domainNames: ['example.cn', 'b.cn'] } }, ['domain_differs']],
    ['without our access', { delivered: { ...delivered, hasAccess: false } }, ['access_missing_there']],
    ['left out of everything', { delivered: null, isLeftOut: true }, ['access_missing_there']],
    ['with our access', { ours: { ...ours, hasAccess: false } }, ['access_only_there']],
    [
      'several at once',
      { delivered: { ...delivered, subjectName: 'x', certificateKeys: [], hasAccess: false } },
      ['holder_differs', 'certificate_differs', 'access_missing_there'],
    ],
  ])('%s', (_, sides, kinds) => {
    expect(found(sides)).toEqual(kinds);
  });

  test.each<[string, Partial<BothSides>]>([
    ['cancelled on both sides', { ours: cancelled, answer: unfiled }],
    [
      'cancelled here and filed again under another number',
      { ours: cancelled, answer: { ...answer, serviceNumber: '粤ICP备2026000999号-1' } },
    ],
    ['cancelled here, left out of everything, nobody to ask', { ours: cancelled, answer: null, isLeftOut: true }],
    [
      'what was delivered before the last decision',
      { delivered: { ...delivered, isCurrent: false, subjectName: 'former', hasAccess: false } },
    ],
    [
      'a number that is another record here of the same name',
      { answer: { ...answer, serviceNumber: '粤ICP备2026000125号-1', isOtherHere: true } },
    ],
    ['only there, without our access', { ours: null, delivered: { ...delivered, hasAccess: false } }],
    ['only there, of which it is not said whose', { ours: null, delivered: { ...delivered, hasAccess: null } }],
    ['only there, ended', { ours: null, answer: null, delivered: { ...delivered, hasEnded: true } }],
    ['only there once, and not filed now', { ours: null, answer: unfiled }],
    ['only there, left out of everything', { ours: null, isLeftOut: true }],
  ])('is no difference: %s', (_, sides) => {
    expect(found(sides)).toEqual([]);
  });

  test('both sides are shown', () => {
    const sides = { ours, delivered: { ...delivered, serviceName: '新名' }, answer, isLeftOut: false };
    expect(compareRecord(sides)).toEqual([{ kind: 'service_name_differs', ours: '星海商城', theirs: '新名' }]);
  });
});

test('the authority is asked about its own name where it has another', () => {
  expect(nameToAsk({ ours, delivered })).toBe('example.cn');
  expect(nameToAsk({ ours, delivered: { ...delivered, domainNames: ['other.cn'] } })).toBe('other.cn');
  const old = { ...delivered, domainNames: ['other.cn'], isCurrent: false };
  expect(nameToAsk({ ours, delivered: old })).toBe('example.cn');
  expect(nameToAsk({ ours: null, delivered })).toBe('example.cn');
  expect(nameToAsk({ ours: { ...ours, domainName: '' }, delivered: null })).toBeNull();
});

test('nobody is asked about what has just been delivered the same; about everything else the authority is', () => {
  const sides = { ours, delivered, isLeftOut: false, answer: null };
  expect(saysEnough(sides, true)).toBe(true);
  expect(saysEnough(sides, false)).toBe(false);
  expect(saysEnough({ ...sides, ours: cancelled }, true)).toBe(false);
  expect(saysEnough({ ...sides, isLeftOut: true }, true)).toBe(false);
  expect(saysEnough({ ...sides, delivered: { ...delivered, serviceNumber: null } }, true)).toBe(false);
  expect(saysEnough({ ...sides, ours: null }, true)).toBe(false);
});

test('what nobody can say now is neither confirmed nor over', () => {
  const sides = { ours, delivered, isLeftOut: false, answer: null };
  expect(unjudgedKinds(sides)).toEqual([]);
  expect(unjudgedKinds({ ...sides, delivered: null })).toEqual(differenceKinds);
  expect(unjudgedKinds({ ...sides, ours: cancelled, delivered: null })).toEqual(differenceKinds);
  const numberless = { ...answer, serviceNumber: null };
  expect(unjudgedKinds({ ...sides, delivered: null, answer: numberless })).toEqual(['number_differs']);
  expect(unjudgedKinds({ ...sides, delivered: null, answer })).toEqual([]);
  expect(unjudgedKinds({ ...sides, delivered: null, answer: { ...answer, isFiled: false } })).toEqual([]);
  const old = unjudgedKinds({ ...sides, delivered: { ...delivered, isCurrent: false }, answer: numberless });
  expect(old).toContain('number_differs');
  expect(old).toContain('service_name_differs');
});

test('what was compared by its name at most is told of, and nothing of what has ended or was delivered', () => {
  const sides = { ours, delivered, isLeftOut: false, answer };
  expect(isUnsaid(sides)).toBe(false);
  expect(isUnsaid({ ...sides, delivered: null })).toBe(true);
  expect(isUnsaid({ ...sides, delivered: null, answer: null })).toBe(true);
  expect(isUnsaid({ ...sides, delivered: { ...delivered, isCurrent: false } })).toBe(true);
  expect(isUnsaid({ ...sides, delivered: { ...delivered, certificateKeys: null } })).toBe(true);
  expect(isUnsaid({ ...sides, delivered: null, answer: { ...answer, isFiled: false } })).toBe(false);
  expect(isUnsaid({ ...sides, ours: cancelled, delivered: null })).toBe(false);
  expect(unjudgedText({ waiting: 0, uncarried: 0, unsaid: 0 })).toBeNull();
  expect(unjudgedText({ waiting: 2, uncarried: 0, unsaid: 1 })?.en).toBe(
    'Not judged yet: 2 with the authority now; 1 by domain name and number only, since the authority has not delivered organiser, certificate and access',
  );
});

test('each kind says in both languages what it is and how to fix it, and can be repaired', () => {
  for (const kind of differenceKinds) {
    const { zh, en, remedy } = differenceTexts[kind];
    expect([zh, en, remedy.zh, remedy.en].every((text) => text.length > 4)).toBe(true);
    const possible = repairsOf(kind);
    expect(possible).toContain('seen');
    expect(possible.includes('send_again')).toBe(remedy.en.includes('Send again'));
    for (const repair of possible) expect(repairTexts[repair].zh).not.toBe('');
  }
});
