import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const asked = (world: OperationWorld, more: object = {}) => ({
  domainName: `${world.fresh('route')}.cn`,
  subjectKind: 'enterprise' as const,
  provinceCode: '440000',
  certificateType: 'business_licence',
  certificateNumber: world.companyNumber(),
  ...more,
});

describeOperation(
  'findFilingRoute',
  {
    may: ['customer'],
    scope: 'filings:read',
    sample: (world) => ({ body: asked(world) }),
    leaves: 'nothing',
  },
  (get) => {
    const route = ({ client }: Customer, more: object = {}) => client.findFilingRoute({ body: asked(get(), more) });
    const codes = async (customer: Customer, more: object) =>
      (await route(customer, more)).conflicts.map(({ code, blocks }) => [code, blocks]);

    test('says what a start would open, and why not where it would not', async () => {
      const world = get();
      const owner = await world.customer();
      expect(await route(owner)).toMatchObject({ startable: 'first', conflicts: [] });
      const { proof, domainName } = await filedCompany(world, owner);
      expect(await route(owner, proof)).toMatchObject({ startable: 'add_site_here' });
      expect(await route(owner, { ...proof, domainName })).toMatchObject({
        startable: null,
        route: { filing: 'none' },
      });
    });

    test('says which filing of the account is in the way, as a start would', async () => {
      const world = get();
      const owner = await world.customer();
      const body = asked(world);
      const { filing } = await owner.client.startFiling({ body });
      const inTheWay = { code: 'conflict.filing_open', blocks: true, filingId: filing.id };
      expect((await owner.client.findFilingRoute({ body })).conflicts).toMatchObject([inTheWay]);
      // Of the organiser, for another domain.
      const other = { ...body, domainName: `${world.fresh('route')}.cn` };
      expect((await owner.client.findFilingRoute({ body: other })).conflicts).toMatchObject([inTheWay]);
      expect(await refusal(owner.client.startFiling({ body: other }))).toEqual(['filing.already_open']);
      // Nobody else is told.
      expect((await (await world.customer()).client.findFilingRoute({ body })).conflicts).toEqual([]);
    });

    test('a province that there is not is refused at its place, by a start too', async () => {
      const world = get();
      const owner = await world.customer();
      const body = { ...asked(world), provinceCode: '999999' };
      const places = [{ path: 'provinceCode' }];
      for (const attempt of [owner.client.findFilingRoute({ body }), owner.client.startFiling({ body })])
        await expect(attempt).rejects.toMatchObject({ problem: { places } });
    });

    test('a mini-program is filed at its platform: it says so and stops', async () => {
      const world = get();
      const owner = await world.customer();
      const answer = await route(owner, { serviceKind: 'mini_program' });
      expect(answer).toMatchObject({ startable: null, route: { filing: 'none', need: 'not_required' } });
      expect(answer.route.reasons.map(({ code }) => code)).toEqual(['route.mini_program_backend']);
      const started = owner.client.startFiling({ body: { ...asked(world), serviceKind: 'mini_program' } });
      expect(await refusal(started)).toEqual(['filing.not_needed', 'route.mini_program_backend']);
    });

    test('names each conflict with its way out, and tells a stranger of public things only', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const { domainName, proof, subjectNumber } = filed;
      const stranger = await world.customer();
      expect(await codes(stranger, { domainName })).toEqual([['conflict.held_by_other_account', true]]);
      expect(await codes(stranger, proof)).toEqual([]);
      expect(await codes(owner, { ...proof, subjectNumber: '粤ICP备2026999999号' })).toEqual([
        ['conflict.subject', false],
      ]);
      world.filedElsewhere({ subjectNumber: '粤ICP备2026000888号', serviceNumber: '粤ICP备2026000888号-1' });
      // Of somebody whose number is another.
      expect(await codes(owner, proof)).toContainEqual(['conflict.name', true]);
      expect(await codes(owner, { ...proof, domainName })).toContainEqual(['conflict.two_numbers', true]);
      world.filedElsewhere(null);
      const { operator } = world.people;
      const body = { scope: 'service' as const, number: filed.serviceNumber, reason: '管局注销' };
      await operator.client.cancelRecord({ body });
      expect(await codes(owner, proof)).toEqual([['conflict.shell_subject', true]]);
      // Beijing lets such an organiser add one directly.
      expect(await codes(owner, { ...proof, provinceCode: '110000' })).toEqual([['conflict.shell_subject', false]]);
      expect(subjectNumber).toMatch(/号$/);
    });

    test('a website and an app on one domain are filed each for itself', async () => {
      const world = get();
      const owner = await world.customer();
      const { domainName, proof } = await filedCompany(world, owner);
      const app = await route(owner, { ...proof, domainName, serviceKind: 'app' });
      expect(app).toMatchObject({ startable: 'add_site_here', conflicts: [] });
    });

    test('says when the authority is away', async () => {
      const world = get();
      world.replace({ authority: { findStatus: () => Promise.reject(new Fault('authority.unreachable')) } });
      expect(await refusal(route(await world.customer()))).toEqual(['authority.unreachable']);
    });
  },
);
