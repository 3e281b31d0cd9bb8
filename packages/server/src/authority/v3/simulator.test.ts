import { createSimControls, defaultInterfaceUnit, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AuthorityEnclosures, AuthorityMessage, AuthoritySubmission } from '../../ports/index.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { wholeFiling } from './testing/line-world.ts';
import { V3Authority } from './v3-authority.ts';

const province = '440000';
/** A Monday, 9:30 in Shanghai. */
const startAt = '2026-11-23T01:30:00.000Z';

let open: OpenStore;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0)) await each.close();
});

let units = 7000;
const other = fictionalCompany(40);
const foreign = { subject: '粤ICP备2021000001号', service: '粤ICP备2021000001号-3' };
const elsewhere = {
  subjects: [
    {
      number: foreign.subject,
      kind: 'enterprise' as const,
      name: other.name,
      certificateType: 'business_licence',
      certificateNumber: other.creditCode,
      services: [{ number: foreign.service, name: '远山门户', domainName: 'yuanshan.cn', accesses: ['alibaba'] }],
    },
  ],
};

/** The simulated authority, two processes of ours on one database, and one clock for all. */
async function world({ calm, seed }: { readonly calm: boolean; readonly seed: number }) {
  units += 1;
  const unit = { ...defaultInterfaceUnit, ispId: units, provider: 'xinghe' };
  const clock = manualClock(startAt);
  const given = { calm, seed, clock, log: () => {}, seedRecords: elsewhere };
  const sim = await startAuthoritySim({ ...given, interfaceV3: { units: [unit] } });
  running.push(sim);
  const controls = createSimControls(sim.url);
  const now = () => clock.now();
  const vault = new KeyRingVault(makeKeyRing());
  const { ispId, userName, password, cipher } = unit;
  const access = { url: `${sim.url}/v3/${province}`, namespace: null, timeoutMs: 10_000 };
  const adapter = () =>
    new V3Authority({
      unit: ispId,
      exchanges: new Map([[province, createSoapExchange({ ...access, credentials: { ispId, userName, password } })]]),
      cipher,
      store: open.store,
      vault,
      clock: { now },
      ids: new SortableIds(() => Date.parse(now())),
      codeTables: loadCodeTables(),
      lossesThatStop: [],
      downloadEveryMs: 1_000,
    });
  const adapters = [adapter(), adapter()] as const;
  const messages: AuthorityMessage[] = [];
  const verdictOf = (id: string) => messages.filter((one) => one.kind !== 'cancelled' && one.submissionId === id);
  /** Moves the time on, confirms SMS, takes what comes; with troubles as often as they need. */
  const goOn = async (isOver: () => boolean) => {
    for (let round = 0; round < 200 && !isOver(); round += 1) {
      sim.tick();
      for (const { id, status } of (await controls.getState()).submissions) {
        if (status === 'sms_waiting') await controls.confirmAllSms(id);
      }
      await controls.advanceClock(round % 8 === 7 ? 'PT2H' : 'PT20S');
      const taker = adapters[round % 2] ?? adapters[0];
      for (const message of await taker.fetchMessages(20).catch(ignoreOutage)) {
        if (message.kind === 'unreadable') throw new Error(message.messageId);
        messages.push(message);
        await taker.acknowledge(message.messageId);
      }
    }
    if (!isOver()) throw new Error('it does not come to an end');
  };
  const submit = async (submission: AuthoritySubmission, enclosed?: AuthorityEnclosures) => {
    for (let tries = 0; ; tries += 1) {
      try {
        return await (adapters[tries % 2] ?? adapters[0]).submit(submission, enclosed);
      } catch (error) {
        const isPassing = isFault(error, 'authority.unreachable') || isFault(error, 'authority.occupied');
        if (!isPassing || tries > 60) throw error;
        await controls.advanceClock('PT40M');
      }
    }
  };
  return { unit, sim, controls, submit, goOn, verdictOf, messages };
}
type World = Awaited<ReturnType<typeof world>>;

function ignoreOutage(error: unknown): [] {
  if (isFault(error, 'authority.unreachable')) return [];
  throw error;
}

const filingOf = (
  { unit }: World,
  seed: number,
  changes: Parameters<typeof wholeFiling>[1] = {},
): AuthoritySubmission => ({
  ...wholeFiling(seed, { ...changes }),
  id: `exc_${unit.ispId}_${seed}_${changes.kind ?? 'first'}`,
  provider: 'xinghe',
});

/** From handing over to the verdict. */
async function decide(here: World, submission: AuthoritySubmission, enclosed?: AuthorityEnclosures) {
  await here.submit(submission, enclosed);
  await here.goOn(() => here.verdictOf(submission.id).length > 0);
  const [verdict] = here.verdictOf(submission.id);
  return verdict;
}

const passwordOf = async ({ controls }: World, number: string): Promise<AuthorityEnclosures> => {
  const { subjects } = await controls.getState();
  const filingPassword = subjects.find((each) => each.number === number)?.filingPassword ?? null;
  return { cancellationReason: '不再使用', filingPassword, loadPictures: async () => [] };
};

describe('with the simulated authority', () => {
  test.each([
    { calm: true, seed: 1 },
    { calm: false, seed: 2 },
    { calm: false, seed: 3 },
  ])(
    'every kind of filing comes to its verdict once ($calm, seed $seed)',
    async (mood) => {
      const here = await world(mood);
      const first = filingOf(here, 1);
      const numbers = await decide(here, first);
      if (numbers?.kind !== 'approved') throw new Error(JSON.stringify(numbers));
      const { subjectNumber, serviceNumber } = numbers;
      expect(serviceNumber).toBe(`${subjectNumber}-1`);
      const subject = { ...first.subject, number: subjectNumber };
      const enclosed = await passwordOf(here, subjectNumber);

      const site = filingOf(here, 11, { kind: 'add_site_here', subject });
      const added = await decide(here, site, enclosed);
      if (added?.kind !== 'approved') throw new Error(JSON.stringify(added));
      expect(added.serviceNumber).toBe(`${subjectNumber}-2`);

      const renamed = { ...site.service, number: added.serviceNumber, name: '示例网站改名' };
      const change = filingOf(here, 12, { kind: 'change_site', subject, service: renamed });
      expect(await decide(here, change, enclosed)).toMatchObject({
        kind: 'approved',
        serviceNumber: added.serviceNumber,
      });

      const moved = { ...subject, contactAddress: '示例大道 9 号' };
      const nothing = { number: null, name: '', domainName: '', homeUrl: '' };
      const ofSubject = filingOf(here, 13, { kind: 'change_filing', subject: moved, service: nothing });
      expect(await decide(here, ofSubject, enclosed)).toMatchObject({ kind: 'approved', subjectNumber });

      const ending = filingOf(here, 14, { kind: 'cancel_site', subject, service: renamed });
      expect(await decide(here, ending, enclosed)).toMatchObject({
        kind: 'approved',
        serviceNumber: added.serviceNumber,
      });
      const wholly = filingOf(here, 15, { kind: 'cancel_subject', subject, service: nothing });
      expect(await decide(here, wholly, enclosed)).toMatchObject({ kind: 'approved', subjectNumber });

      const access = filingOf(here, 16, {
        kind: 'access',
        subject: { number: foreign.subject, name: other.name, certificateNumber: other.creditCode },
        service: { number: foreign.service, name: '远山门户', domainName: 'yuanshan.cn', homeUrl: 'www.yuanshan.cn' },
      });
      const withoutPassword = await here.submit(access).then(
        () => null,
        (error: unknown) => error,
      );
      expect(isFault(withoutPassword, 'authority.not_sendable') && withoutPassword.extras.places?.[0]?.path).toBe(
        'service.access.filingPassword',
      );
      const password = await passwordOf(here, foreign.subject);
      expect(await decide(here, access, password)).toMatchObject({ kind: 'approved', serviceNumber: foreign.service });
      const again = { ...access, id: `${access.id}_again`, service: { ...access.service, number: foreign.service } };
      const wrong = { ...password, filingPassword: 'not the one' };
      expect(await decide(here, again, wrong)).toMatchObject({
        kind: 'rejected',
        reasons: [{ code: '1018', field: 'service.access.filingPassword' }],
      });

      const taken = filingOf(here, 21, { service: { homeUrl: 'www.example99.cn' } });
      expect(await decide(here, taken)).toMatchObject({
        kind: 'rejected',
        reasons: [{ code: '1041', field: 'service.homeUrl' }],
      });

      const { services } = await here.controls.getState();
      expect(services).toMatchObject([{ number: foreign.service, accesses: ['alibaba', 'xinghe'] }]);
      const [line] = await here.controls.listLines();
      expect(line).toMatchObject({ lastSequence: 9 });
      const key = { provider: String(here.unit.ispId), provinceCode: province };
      const packages = await open.store.transaction(({ authorityLedger }) =>
        authorityLedger.listPackages(key, { limit: 99 }),
      );
      expect(packages.map(({ sequence, state }) => [sequence, state])).toEqual(
        [9, 8, 7, 6, 5, 4, 3, 2, 1].map((sequence) => [sequence, 'accepted']),
      );
      if (!mood.calm) expect((await here.controls.listFaults()).length).toBeGreaterThan(5);
      const ids = here.messages.map(({ messageId }) => messageId);
      expect(new Set(ids).size).toBe(ids.length);
    },
    120_000,
  );
});
