import {
  type AuthoritySim,
  createSimControls,
  defaultInterfaceUnit,
  manualClock,
  startAuthoritySim,
} from '@openbeian/authority-sim';
import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLogger } from '../http/log.ts';
import { Worker } from '../work/worker.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { failTest, type RuleWorld, worldOf } from './testing/rule-world.ts';

/** A Monday, 9:30 in Shanghai. */
const clock = manualClock('2026-11-23T01:30:00.000Z');
let sim: AuthoritySim;
let deployment: Deployment;
let world: RuleWorld;
beforeAll(async () => {
  const unit = { ...defaultInterfaceUnit, provider: 'tencent' };
  sim = await startAuthoritySim({ calm: true, clock, log: () => {}, interfaceV3: { units: [unit] } });
  const { ispId, userName, password, cipher } = unit;
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    authority: {
      adapter: 'v3',
      unit: ispId,
      userName,
      password,
      aesKey: cipher?.key,
      aesIv: cipher?.iv,
      provinces: { 440000: `${sim.url}/v3/440000` },
      downloadEverySeconds: 1,
    },
  });
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
  const time = {
    get nowMs() {
      return Date.parse(clock.now());
    },
  };
  world = worldOf(deployment, time, 'v3', 'own authority');
}, 60_000);
afterAll(async () => {
  await deployment?.close();
  await sim?.close();
});

const stateOf = async (filingId: string) =>
  (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;

/** As a worker does its rounds, and people at the authority confirm and review. */
async function goOn(): Promise<void> {
  const controls = createSimControls(sim.url);
  const worker = new Worker(world.deps, { owner: 'w1', pollMs: 1000, onError: failTest });
  for (let round = 0; round < 4; round += 1) {
    await worker.tick();
    sim.tick();
    for (const { id, status } of (await controls.getState()).submissions) {
      if (status === 'sms_waiting') await controls.confirmAllSms(id);
    }
    await controls.advanceClock('PT20S');
  }
}

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
  await goOn();
  expect(await stateOf(draft.filingId)).toBe('filed');
  const { services } = await createSimControls(sim.url).getState();
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
