import { authorityKinds, type FilingKind, type ServiceKind } from '@openbeian/model/filing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decided, openTypesWorld, rejectedThenFiled, type TypesWorld } from './filing-types-world.ts';
import { bind, type Filing, fillIn, type Nature, natures, type Organiser } from './organisers.ts';

/**
 * Every type of filing, of websites and apps, of persons and units, from its start through a refusal to its number: over HTTP, with
 * the worker and the simulated authority. What is on record is compared before and after each refusal.
 */
let world: TypesWorld;
beforeAll(async () => {
  world = await openTypesWorld();
}, 60_000);
afterAll(() => world?.close());

const recordsOf = async ({ client }: Organiser) => (await client.listRecords()).records;
const recordAt = async (organiser: Organiser, domainName: string) =>
  (await recordsOf(organiser)).find((one) => one.domainName === domainName);

/** Rejected once before they are approved: of every nature websites or apps, so that every type is, of either. */
const rejectedFirst: Readonly<Record<Nature, ServiceKind>> = {
  individual: 'website',
  enterprise: 'app',
  government: 'website',
  society: 'app',
};

let current: ServiceKind = 'website';

/** From its start to its end on record. */
async function filed(organiser: Organiser<Nature>, started: Filing, kind: FilingKind): Promise<Filing> {
  expect(started).toMatchObject({ kind, state: 'draft' });
  if (rejectedFirst[organiser.nature] !== current) {
    const done = await decided(world, organiser, started);
    expect([kind, done.state, done.findings]).toEqual([kind, 'filed', []]);
    return done;
  }
  const onRecord = () => recordsOf(organiser);
  const { rejected, unchanged, filed: done } = await rejectedThenFiled(world, organiser, started, onRecord);
  expect({ kind, state: rejected.state, unchanged }).toEqual({ kind, state: 'rejected', unchanged: true });
  expect([kind, done.state, done.findings]).toEqual([kind, 'filed', []]);
  return done;
}

/** A filing that opens a service, filled in with its organiser's values and bound to a server. */
async function opened(organiser: Organiser, serial: number, serviceKind: ServiceKind, subjectNumber?: string) {
  const body = { ...organiser.startOf(serial, serviceKind), ...(subjectNumber === undefined ? {} : { subjectNumber }) };
  const { filing } = await organiser.client.startFiling({ body });
  const filled = await fillIn(organiser, filing, organiser.valuesOf(serial, serviceKind));
  return bind(world, organiser, filled);
}

const startOn = async ({ client }: Organiser, number: string, wants: 'change' | 'cancel' | 'end_access') =>
  (await client.startRecordFiling({ body: { number, wants } })).filing;

/** Who ends a record knows its certificate. */
const confirmedEnd = (organiser: Organiser, filing: Filing, serviceKind: ServiceKind) =>
  fillIn(organiser, filing, {
    'cancellation.lastSix': organiser.startOf(0, serviceKind).certificateNumber.slice(-6),
    'cancellation.understood': 'yes',
  });

const cases = natures.flatMap((nature) =>
  (['website', 'app'] as const).map((serviceKind) => ({ nature, serviceKind })),
);

describe.each(cases)('$nature, $serviceKind', ({ nature, serviceKind }) => {
  const seen = new Set<string>();
  beforeAll(() => {
    current = serviceKind;
  });
  let organiser: Organiser<Nature>;
  let subjectNumber = '';

  it('files first, adds, changes and corrects; nothing on record changes before the verdict', async () => {
    organiser = world.organiser(await world.account(nature), nature);
    const first = await filed(organiser, await opened(organiser, 0, serviceKind), 'first');
    subjectNumber = first.subjectNumber ?? '';
    const added = await filed(organiser, await opened(organiser, 1, serviceKind), 'add_site_here');
    expect(added.subjectNumber).toBe(subjectNumber);
    expect(await recordsOf(organiser)).toHaveLength(2);

    const changing = await startOn(organiser, subjectNumber, 'change');
    const address = {
      'subject.contactAddress': `${String(organiser.valuesOf(0, serviceKind)['subject.contactAddress'])}二层`,
    };
    await filed(organiser, await fillIn(organiser, changing, address), 'change_filing');

    const number = added.serviceNumber ?? '';
    const other = organiser.valuesOf(7, serviceKind)['service.name'];
    const renaming = await startOn(organiser, number, 'change');
    await filed(organiser, await fillIn(organiser, renaming, { 'service.name': other }), 'change_site');
    expect(await recordAt(organiser, added.domainName)).toMatchObject({ serviceName: other, accesses: ['xingyun'] });

    const items = [{ field: 'service.remark', comment: '请写明网站用途' }];
    await world.reviewer.demandCorrection({ body: { serviceNumber: number, demandedBy: 'authority', items } });
    const correcting = await startOn(organiser, number, 'change');
    const { refused } = await organiser.client.getFilingForm({ params: { filingId: correcting.id } });
    expect(refused).toEqual(['service.remark']);
    const remark = { 'service.remark': '用于展示本单位的介绍和活动信息，长期更新。', 'service.name': '不能修改' };
    await filed(organiser, await fillIn(organiser, correcting, remark), 'correction');
    expect((await organiser.client.listDemands()).demands).toEqual([]);
    expect(await recordAt(organiser, added.domainName)).toMatchObject({ serviceName: other });
    for (const kind of ['first', 'add_site_here', 'change_filing', 'change_site', 'correction']) seen.add(kind);
  }, 60_000);

  it('ends an access, accesses again with one click, ends a service, moves to another account and ends', async () => {
    const { domainName } = organiser.startOf(1, serviceKind);
    const number = (await recordAt(organiser, domainName))?.serviceNumber ?? '';
    const leaving = await confirmedEnd(organiser, await startOn(organiser, number, 'end_access'), serviceKind);
    await filed(organiser, leaving, 'cancel_access');
    expect(await recordAt(organiser, domainName)).toMatchObject({ state: 'filed', accesses: [] });

    await filed(organiser, await opened(organiser, 1, serviceKind), 'access_one_click');
    expect(await recordAt(organiser, domainName)).toMatchObject({ serviceNumber: number, accesses: ['xingyun'] });

    const ending = await confirmedEnd(organiser, await startOn(organiser, number, 'cancel'), serviceKind);
    await filed(organiser, ending, 'cancel_site');
    expect(await recordAt(organiser, domainName)).toMatchObject({ state: 'cancelled', accesses: [] });

    const target = await world.account(nature);
    const { certificateType, certificateNumber } = organiser.startOf(0, serviceKind);
    const proof = { certificateType, certificateNumber };
    const body = { subjectNumber, ...proof, toAccountId: target.accountId };
    const refused = await organiser.client.beginMove({ body });
    expect(await target.client.endMove({ params: { moveId: refused.id }, body: {} })).toMatchObject({
      state: 'refused',
    });
    expect((await target.client.listRecords()).records).toEqual([]);
    const { id: moveId } = await organiser.client.beginMove({ body });
    await target.client.confirmMove({ params: { moveId }, body: proof });
    expect(await recordsOf(organiser)).toEqual([]);
    const moved: Organiser<Nature> = { ...organiser, ...target };
    expect(await recordsOf(moved)).toHaveLength(2);

    const last = await confirmedEnd(moved, await startOn(moved, subjectNumber, 'cancel'), serviceKind);
    await filed(moved, last, 'cancel_subject');
    for (const { state } of await recordsOf(moved)) expect(state).toBe('cancelled');
    for (const kind of ['cancel_access', 'access_one_click', 'cancel_site', 'cancel_subject']) seen.add(kind);
  }, 60_000);

  it('accesses and adds what is filed elsewhere', async () => {
    for (const kind of ['access', 'add_site_elsewhere'] as const) {
      const elsewhere = world.organiser(await world.account(nature), nature);
      const number = await seeded(elsewhere, serviceKind);
      const filing = await opened(elsewhere, kind === 'access' ? 0 : 1, serviceKind, number);
      const done = await filed(elsewhere, filing, kind);
      expect(done.subjectNumber).toBe(number);
      seen.add(kind);
    }
    expect([...seen].sort()).toEqual([...authorityKinds].sort());
  }, 60_000);
});

let seededSubjects = 0;
/** On record with another provider: the organiser and its first service. */
async function seeded(organiser: Organiser, serviceKind: ServiceKind): Promise<string> {
  seededSubjects += 1;
  const { subjectKind, certificateType, certificateNumber, domainName } = organiser.startOf(0, serviceKind);
  const values = organiser.valuesOf(0, serviceKind);
  const number = `粤ICP备2021${String(seededSubjects).padStart(6, '0')}号`;
  const service = {
    number: `${number}-1${serviceKind === 'app' ? 'A' : ''}`,
    kind: serviceKind,
    name: String(values['service.name']),
    domainName,
    accesses: ['xinghe'],
  };
  const subject = {
    number,
    kind: subjectKind,
    name: String(values['subject.name']),
    certificateType,
    certificateNumber,
  };
  await world.controls.seedRecords({ subjects: [{ ...subject, services: [service] }] });
  return number;
}
