import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RuleWorld } from './testing/rule-world.ts';
import { openV3World, type V3World } from './testing/v3-world.ts';

let v3: V3World;
let world: RuleWorld;
beforeAll(async () => {
  v3 = await openV3World();
  world = v3.world;
}, 60_000);
afterAll(() => v3?.close());

const stateOf = async (filingId: string) =>
  (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;

test('a filing goes over interface V3.0 from its form to its number; its reviewer sees beforehand what is left out', async () => {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const draft = await world.draft(account);
  const submitted = await world.submit(await world.bind(draft, { resourceId }));
  const review = await world.flows.getReview({ actor: world.reviewer }, { filingId: draft.filingId });
  const lost = review.notCarried.map(({ field, blocks }) => [field, blocks]);
  expect(lost).toContainEqual(['subject.principal.emergencyMobile', false]);
  expect(lost.every(([, blocks]) => blocks === false)).toBe(true);
  await world.pass(submitted);
  await v3.goOn();
  expect(await stateOf(draft.filingId)).toBe('filed');
  const { services } = await v3.controls.getState();
  expect(services).toMatchObject([{ domainName: draft.domainName, accesses: ['tencent'] }]);
});

test('a character that the interface cannot take is found at its field before the filing is submitted', async () => {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const draft = await world.draft(account);
  const values = { 'subject.principal.name': '陈𠮷明' };
  const { filingId, version } = draft;
  const saved = await world.flows.saveFilingForm(world.call(account), { filingId, version, values });
  const { findings } = await world.flows.checkFiling({ actor: world.call(account).actor }, { filingId });
  const rule = 'authority.characters';
  expect(findings.filter((each) => each.rule === rule).map(({ field }) => field)).toContain('subject.principal.name');
  const bound = await world.bind({ ...draft, version: saved.filing.version }, { resourceId });
  const refusal = await world.submit(bound).then(
    () => null,
    (error: unknown) => error,
  );
  expect(isFault(refusal, 'filing.form_incomplete')).toBe(true);
});
