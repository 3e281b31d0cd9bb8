import { dayOf } from '@openbeian/model/calendar';
import { fictionalFiling } from '@openbeian/model/fictional';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EnteredResult } from '../flows/authority/by-hand/enter-result.ts';
import { Worker } from '../work/worker.ts';
import { type RuleWorld, refusalOf } from './testing/rule-world.ts';
import { openV3World, type V3World } from './testing/v3-world.ts';

let v3: V3World;
let world: RuleWorld;
beforeAll(async () => {
  v3 = await openV3World();
  world = v3.world;
}, 60_000);
afterAll(() => v3?.close());

const by = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
const look = (filingId: string) => world.flows.getFiling({ actor: world.operator }, { filingId });

/** An APP that was passed, of a company of its own. */
async function passedApp(seed: number) {
  const { deps, flows } = world;
  const { codeTables: tables, divisions } = deps;
  const at = dayOf(deps.clock.now());
  const where = { tables, divisions, at, provinceCode: '440000', nature: 'enterprise' };
  const { context, values } = fictionalFiling(seed, { ...where, serviceKind: 'app' });
  const accountId = await world.account();
  const { domainName, provinceCode } = context;
  const { filing } = await flows.startFiling(world.call(accountId), {
    domainName,
    serviceKind: 'app',
    subjectKind: 'enterprise',
    provinceCode,
    certificateType: String(values['subject.certificateType']),
    certificateNumber: String(values['subject.certificateNumber']),
  });
  const { 'subject.certificateType': _type, 'subject.certificateNumber': _number, ...rest } = values;
  const seen = { filingId: filing.id, version: filing.version };
  const saved = await flows.saveFilingForm(world.call(accountId), { ...seen, values: rest });
  const resourceId = await world.server(accountId, 'tencent', 'cvm');
  const draft = { filingId: filing.id, version: saved.filing.version, accountId, domainName };
  return world.pass(await world.submit(await world.bind(draft, { resourceId })));
}

test('an APP, which V3.0 does not carry, reaches its number by hand; nothing of it goes over the line', async () => {
  const { flows } = world;
  const { filingId } = await passedApp(7);
  const told: unknown[] = [];
  const worker = new Worker(world.deps, { owner: 'w0', pollMs: 1000, onError: (error) => told.push(error) });
  await worker.handOvers.tick();
  expect(told).toMatchObject([{ code: 'authority.not_sendable' }]);
  const { filing, handOver } = await look(filingId);
  expect(handOver?.job).toMatchObject({ nextAt: null });
  const about = { field: 'service.kind', blocks: true, message: { zh: expect.stringContaining('APP') } };
  expect(handOver?.job?.notCarried).toMatchObject([about]);
  const early = { filingId, version: filing.version, result: { kind: 'sms_confirmed' } } as const;
  expect(await refusalOf(flows.enterAuthorityResult(by(), early))).toBe('authority.by_line');
  expect(await refusalOf(flows.revealHandEntry(by(), { filingId }))).toBe('authority.by_line');

  const taken = await flows.takeOverByHand(by(), { filingId, version: filing.version });
  expect(taken).toMatchObject({ state: 'awaiting_sms', actions: expect.arrayContaining(['enter_result']) });
  await flows.claimFiling(by(), { filingId });
  const { sections } = await flows.revealHandEntry(by(), { filingId });
  expect(sections.flatMap(({ rows }) => rows).find(({ id }) => id === 'service.kind')?.value).toBe('APP');
  await v3.goOn();
  const enter = async (result: EnteredResult) =>
    flows.enterAuthorityResult(by(), { filingId, version: (await look(filingId)).filing.version, result });
  await enter({ kind: 'sms_confirmed' });
  const subjectNumber = '粤ICP备2026900123号';
  const filed = await enter({ kind: 'approved', subjectNumber, serviceNumber: `${subjectNumber}-1A` });
  expect(filed).toMatchObject({ state: 'filed', serviceNumber: `${subjectNumber}-1A` });
  expect((await v3.controls.getState()).submissions).toEqual([]);
});

test('a filing that the line carries is not entered by hand, nor is its result', async () => {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { filingId, version } = await world.pass(
    await world.submit(await world.bind(await world.draft(account), { resourceId })),
  );
  expect(await refusalOf(world.flows.takeOverByHand(by(), { filingId, version }))).toBe('authority.by_line');
  await v3.goOn();
  const { filing } = await look(filingId);
  expect(filing.state).toBe('filed');
  const again = { filingId, version: filing.version };
  expect(await refusalOf(world.flows.takeOverByHand(by(), again))).toBe('filing.wrong_state');
});
