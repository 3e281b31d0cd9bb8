import { expect, test } from 'vitest';
import { codeSuspensionReasons, reasonCodes } from '../eligibility/index.ts';
import { routeReasonCodes } from '../filing/index.ts';
import { gateReasons } from '../gate/index.ts';
import { findHelp, type HelpTopic, helpGroups, helpTexts } from './index.ts';

const helpFor = (topic: HelpTopic) => helpTexts.filter(({ topics }) => topics.includes(topic));

test('every text has an id of its own, both languages and places that lead to it', () => {
  expect(new Set(helpTexts.map(({ id }) => id)).size).toBe(helpTexts.length);
  for (const { id, topics, zh, en, source } of helpTexts) {
    expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(topics.length).toBeGreaterThan(0);
    expect(source.length).toBeGreaterThan(0);
    expect(`${zh.title}${zh.body}`).toMatch(/\p{Script=Han}/u);
    expect(`${en.title}${en.body}`).not.toMatch(/\p{Script=Han}/u);
    expect(en.body.length).toBeGreaterThan(40);
  }
});

test('every topic exists: a reason of the check, a code, the route or the gate, or a page', () => {
  const known = new Set<string>([
    ...reasonCodes.map((code) => `reason:${code}`),
    ...codeSuspensionReasons.map((code) => `reason:${code}`),
    'reason:code.bound',
    'reason:code.used',
    'reason:code.revoked',
    ...Object.keys(gateReasons).map((reason) => `reason:${reason}`),
    ...routeReasonCodes.map((code) => `reason:${code}`),
    ...'overview resources resource codes start form filings filing records host notices account people members contests api-keys webhooks review accounts inventory operations jobs audit authority'
      .split(' ')
      .map((page) => `page:${page}`),
  ]);
  expect(helpTexts.flatMap(({ topics }) => topics).filter((topic) => !known.has(topic))).toEqual([]);
});

test('every text is in one group, and all are in the order of the groups', () => {
  expect(helpTexts.map(({ id }) => id)).toEqual(helpGroups.flatMap(({ texts }) => texts));
});

test('every page that offers help has some', () => {
  const pages =
    'start form filings filing records host notices account people members contests api-keys webhooks review accounts inventory operations jobs audit authority'.split(
      ' ',
    );
  expect(pages.filter((page) => helpFor(`page:${page}` as HelpTopic).length === 0)).toEqual([]);
});

test('whoever is refused finds an answer: every reason of the check and of a code has a text', () => {
  const reasons = [...reasonCodes, ...codeSuspensionReasons, 'code.bound', 'code.used', 'code.revoked'] as const;
  const missing = reasons.filter((code) => helpFor(`reason:${code}`).length === 0);
  expect(missing, 'name each as a topic of a text in help/').toEqual([]);
});

test('every reason of a route, and every reason for which the gate does not serve, has a text', () => {
  const blocking = Object.entries(gateReasons).filter(([, outcome]) => outcome === 'block');
  const topics = [...routeReasonCodes, ...blocking.map(([reason]) => reason)].map(
    (code) => `reason:${code}` as HelpTopic,
  );
  expect(topics.filter((topic) => helpFor(topic).length === 0)).toEqual([]);
});

test('the answers are found from where the questions arise', () => {
  const idsAt = (topic: HelpTopic) => helpFor(topic).map(({ id }) => id);
  expect(idsAt('reason:code.limit_reached')).toContain('quota-used-up');
  expect(idsAt('reason:blacklisted')).toContain('blacklisted');
  expect(idsAt('page:codes')).toContain('code-not-for-sale');
  expect(idsAt('page:records')).toContain('number-no-expiry');
  expect(idsAt('page:resources')).toContain('conditions-met-but-refused');
  expect(findHelp('serverless-package')?.topics).toContain('reason:resource.package_missing');
  expect(findHelp('nothing')).toBeUndefined();
});
