import type { ProblemError } from '@openbeian/contract/client';
import { Fault, type FaultPlace } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';
import type { Authority } from '../../ports/index.ts';

const startOf = (world: OperationWorld, more: object = {}) => ({
  domainName: `${world.fresh('start')}.cn`,
  subjectKind: 'enterprise' as const,
  provinceCode: '440000',
  certificateType: 'business_licence',
  certificateNumber: world.companyNumber(),
  ...more,
});
/** A filed site of the owner's, and who filed it. */
async function filed(world: OperationWorld, owner: Customer) {
  const company = world.companySerial();
  const bound = await world.bind(await world.draft(owner.accountId, company), {
    resourceId: await world.eligible(owner),
  });
  const { domainName, subjectNumber } = await world.approve(bound);
  return { domainName, subjectNumber, certificateNumber: fictionalCompany(company).creditCode };
}

const nothing = { filed: false, subjectNumber: null, serviceNumber: null };
/** An authority that knows every certificate and no domain. */
const byCertificateOnly: Authority['findStatus'] = async ({ by }) =>
  by === 'certificate' ? { filed: true, subjectNumber: '粤ICP备2026000888号', serviceNumber: null } : nothing;
const until = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise(setImmediate);
};

describeOperation(
  'startFiling',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: (world) => ({ body: startOf(world) }),
    leaves: ['FilingStarted'],
  },
  (get) => {
    const start = ({ client }: Customer, more: object = {}) => client.startFiling({ body: startOf(get(), more) });

    test('opens a draft whose kind follows from what is on record', async () => {
      const world = get();
      const owner = await world.customer();
      const first = await start(owner, { domainName: 'WWW.Start-Filing.CN' });
      expect(first.filing).toMatchObject({ kind: 'first', state: 'draft', domainName: 'start-filing.cn', version: 1 });
      expect(await world.events(first.filing.id)).toEqual(['FilingStarted']);
      const { certificateNumber, subjectNumber } = await filed(world, owner);
      const added = await start(owner, { certificateNumber });
      expect(added.filing).toMatchObject({ kind: 'add_site_here', subjectNumber });
      world.filedElsewhere({ subjectNumber: '粤ICP备2026000888号', serviceNumber: '粤ICP备2026000888号-1' });
      const access = await start(await world.customer(), { subjectNumber: '粤ICP备2026000888号' });
      expect(access.filing).toMatchObject({ kind: 'access', serviceNumber: '粤ICP备2026000888号-1' });
    });

    test('what the authority knows of a domain counts, also where it cannot be asked about the certificate', async () => {
      const world = get();
      const numbers = { subjectNumber: '粤ICP备2026000888号', serviceNumber: '粤ICP备2026000888号-1' };
      const byNameOnly: Authority['findStatus'] = async ({ by }) =>
        by === 'certificate' ? null : { filed: true, ...numbers };
      world.replace({ authority: { findStatus: byNameOnly } });
      const body = { subjectKind: 'government', certificateType: 'credit_code_certificate' };
      const stated = await start(await world.customer(), { ...body, subjectNumber: numbers.subjectNumber });
      expect(stated.filing).toMatchObject({ kind: 'access', ...numbers });
      // Whoever says no number is told the same, and nothing of whose the record is.
      const unsaid = await start(await world.customer(), body);
      expect(unsaid).toMatchObject({ filing: { kind: 'access' }, route: { filing: 'access' } });
      const other = await start(await world.customer(), { ...body, subjectNumber: '粤ICP备2026000999号' });
      expect(other.route.reasons[0]?.code).toBe('route.record_of_former_owner');
    });

    test('is refused where the domain is filed already, here or under another account', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { domainName, certificateNumber } = await filed(world, owner);
      const before = await world.books();
      expect((await refusal(start(owner, { domainName, certificateNumber })))[0]).toBe('filing.not_needed');
      expect((await refusal(start(other, { domainName })))[0]).toBe('filing.kind_not_offered');
      expect(await world.books()).toEqual(before);
    });

    test('a bought domain with its former owner’s record is added after that record ends; a platform’s name is nobody’s own', async () => {
      const world = get();
      const owner = await world.customer();
      const { certificateNumber } = await filed(world, owner);
      world.filedElsewhere({ subjectNumber: '粤ICP备2026000888号', serviceNumber: '粤ICP备2026000888号-1' });
      const { filing, route } = await start(owner, { certificateNumber });
      expect(filing).toMatchObject({ kind: 'add_site_here' });
      expect(route.reasons[0]?.code).toBe('route.record_of_former_owner');
      for (const domainName of ['me.github.io', 'erp.corp.local']) {
        world.filedElsewhere(null);
        expect((await refusal(start(owner, { domainName })))[0]).toBe('filing.not_needed');
      }
    });

    test('who was filed with another certificate or nature is told to change that first, and no draft is left', async () => {
      const world = get();
      const owner = await world.customer();
      const codesOf = async (customer: Customer, subjectChanged: 'certificate' | 'nature') =>
        (await refusal(start(customer, { subjectChanged }))).slice(0, 2);
      // Filed elsewhere: it is changed there. Filed here: an operator does it.
      expect(await codesOf(owner, 'nature')).toEqual(['filing.not_needed', 'route.nature_changed']);
      const { certificateNumber } = await filed(world, owner);
      expect(await codesOf(owner, 'certificate')).toEqual(['filing.kind_not_offered', 'route.certificate_changed']);
      // On record under this certificate: nothing has changed.
      const { filing } = await start(owner, { certificateNumber, subjectChanged: 'certificate' });
      expect(filing.kind).toBe('add_site_here');
    });

    test('an organiser without services is cancelled first where its province wants that', async () => {
      const world = get();
      const owner = await world.customer();
      const { certificateNumber, domainName } = await filed(world, owner);
      const [record] = (await owner.client.listRecords()).records;
      const number = record?.serviceNumber ?? '';
      await world.people.operator.client.cancelRecord({ body: { scope: 'service', number, reason: '管局注销' } });
      expect(await refusal(start(owner, { certificateNumber }))).toEqual(['filing.conflict', 'conflict.shell_subject']);
      const beijing = await start(owner, { certificateNumber, domainName, provinceCode: '110000' });
      expect(beijing.filing.kind).toBe('add_site_here');
    });

    test('tells a stranger the same of a certificate that nobody knows, that is filed here, and that is filed elsewhere', async () => {
      const world = get();
      const { certificateNumber: filedHere } = await filed(world, await world.customer());
      const answers: object[] = [];
      const ask = async (more: object) => {
        const { filing, route } = await start(await world.customer(), more);
        const { id: _id, domainName: _name, accountId: _account, ...told } = filing;
        answers.push({ filing: told, route });
        return filing.id;
      };
      await ask({});
      await ask({ certificateNumber: filedHere });
      world.replace({ authority: { findStatus: byCertificateOnly } });
      const id = await ask({});
      await ask({ subjectNumber: '粤ICP备2026000889号' });
      for (const one of answers) expect(one).toEqual(answers[0]);
      expect(answers[0]).toMatchObject({ filing: { kind: 'first', subjectNumber: null }, route: { filing: 'first' } });
      // The review sees what it is.
      const { filing: seen } = await world.people.reviewer.client.getFiling({ params: { filingId: id } });
      expect(seen).toMatchObject({ kind: 'add_site_elsewhere', subjectNumber: '粤ICP备2026000888号' });
      const shown = await start(await world.customer(), { subjectNumber: '粤 ICP备 2026000888号' });
      expect(shown.filing).toMatchObject({ kind: 'add_site_elsewhere', subjectNumber: '粤ICP备2026000888号' });
    });

    test('asks the authority after the key is claimed, and once for each key', async () => {
      const world = get();
      const owner = await world.customer();
      let asked = 0;
      let goOn = () => {};
      const waits = new Promise<void>((resolve) => {
        goOn = resolve;
      });
      const findStatus: typeof byCertificateOnly = async () => {
        asked += 1;
        await waits;
        return nothing;
      };
      world.replace({ authority: { findStatus } });
      const body = startOf(world);
      const key = { idempotencyKey: world.fresh('key') };
      const first = owner.client.startFiling({ body }, key);
      await until(() => asked === 2);
      expect(await refusal(owner.client.startFiling({ body }, key))).toEqual(['idempotency.in_progress']);
      expect(await refusal(owner.client.startFiling({ body: startOf(world) }, key))).toEqual([
        'idempotency.key_reused',
      ]);
      goOn();
      const answer = await first;
      expect(await owner.client.startFiling({ body }, key)).toEqual(answer);
      expect(asked).toBe(2);
    });

    test('a key whose request failed is free again, and one whose process died after a minute', async () => {
      const world = get();
      const owner = await world.customer();
      const body = startOf(world);
      const key = { idempotencyKey: world.fresh('key') };
      const away = async () => {
        throw new Fault('authority.unreachable');
      };
      world.replace({ authority: { findStatus: away } });
      expect(await refusal(owner.client.startFiling({ body }, key))).toEqual(['authority.unreachable']);
      // Its claim stays where nobody can give it back, as after a crash.
      world.answer('idempotency', 'release', async () => {});
      world.replace({ authority: { findStatus: away } });
      expect(await refusal(owner.client.startFiling({ body }, key))).toEqual(['authority.unreachable']);
      world.reset();
      expect(await refusal(owner.client.startFiling({ body }, key))).toEqual(['idempotency.in_progress']);
      world.clock.nowMs += 61_000;
      expect((await owner.client.startFiling({ body }, key)).filing.state).toBe('draft');
    });

    test('another account’s draft keeps nobody out, whatever it names', async () => {
      const world = get();
      const body = startOf(world);
      const [one, other] = [await world.customer(), await world.customer()];
      const answers = [await one.client.startFiling({ body }), await other.client.startFiling({ body })];
      for (const { filing } of answers) expect(filing).toMatchObject({ state: 'draft', domainName: body.domainName });
    });

    test('one domain is one, however it is written', async () => {
      const world = get();
      const name = world.fresh('spelt');
      const spellings = [`${name}.公司.cn`, `${name}.xn--55qx5d.cn`].flatMap((one) => [
        one,
        `WWW.${one.toUpperCase()}.`,
      ]);
      const names = await Promise.all(
        spellings.map(async (domainName) => (await start(await world.customer(), { domainName })).filing.domainName),
      );
      expect(new Set(names).size).toBe(1);
      const owner = await world.customer();
      const [first = '', ...others] = spellings;
      await start(owner, { domainName: first });
      for (const domainName of others)
        expect(await refusal(start(owner, { domainName }))).toEqual(['filing.already_open']);
    });

    test('one open filing for each domain and organiser', async () => {
      const world = get();
      const owner = await world.customer();
      const body = startOf(world);
      await start(owner, body);
      const { domainName, certificateNumber } = body;
      expect(await refusal(start(owner, { domainName }))).toEqual(['filing.already_open']);
      expect(await refusal(start(owner, { certificateNumber }))).toEqual(['filing.already_open']);
    });

    test('an account that is not real-name verified opens nothing; nobody opens more drafts than the limit', async () => {
      const world = get();
      const unverified = await world.customer('none');
      const before = await world.books();
      expect(await refusal(start(unverified))).toEqual(['account.not_verified']);
      expect(await world.books()).toEqual(before);
      const owner = await world.customer();
      for (let open = 0; open < world.deps.drafts.perAccount; open += 1) await start(owner);
      expect(await refusal(start(owner))).toEqual(['filing.too_many_drafts']);
    });

    test('keeps the nature that was given, or the first of its kind with that certificate; another kind’s is refused', async () => {
      const owner = await get().customer();
      const natureOf = async (more: object) => {
        const { filing } = await start(owner, { subjectKind: 'society', ...more });
        const { values } = await owner.client.getFilingForm({ params: { filingId: filing.id } });
        return values['subject.nature'];
      };
      expect(await natureOf({ nature: 'law_practice', certificateType: 'law_firm_licence' })).toBe('law_practice');
      // A society of before there were natures: only mass organisations have that certificate.
      expect(await natureOf({ certificateType: 'credit_code_certificate' })).toBe('mass_organisation');
      expect(await refusal(start(owner, { nature: 'law_practice' }))).toEqual(['input.invalid']);
    });

    test('names what is mistyped', async () => {
      const world = get();
      const owner = await world.customer();
      for (const more of [{ domainName: 'com.cn' }, { certificateNumber: '91350100M000100Y44' }]) {
        expect(await refusal(start(owner, more))).toEqual(['input.invalid']);
      }
      const refused = start(owner, { certificateType: 'passport' }).catch(
        ({ problem }: ProblemError) => problem.places,
      );
      const type = (await refused) as FaultPlace[];
      expect(type.find(({ path }) => path.endsWith('certificateType'))?.expected).toMatch(
        /goes with the organiser’s type, or correct that type\.$/,
      );
    });

    test('asks an authority that is away three times, and says so', async () => {
      const world = get();
      let asked = 0;
      const findStatus = async () => {
        asked += 1;
        throw new Fault('authority.unreachable');
      };
      world.replace({ authority: { findStatus } });
      expect(await refusal(start(await world.customer()))).toEqual(['authority.unreachable']);
      // Twice three: for the domain and for the certificate.
      expect(asked).toBe(6);
    });
  },
);
