import { randomUUID } from 'node:crypto';
import { createSimControls, type ManualClock, manualClock } from '@openbeian/authority-sim';
import type { SubjectKind } from '@openbeian/model/filing';
import type { CommandCall } from '../../flows/command/call.ts';
import { type Actor, createFlows, type FlowTable } from '../../flows/index.ts';
import { SortableIds } from '../../secrets/index.ts';
import { Worker } from '../../work/worker.ts';
import { parseConfig } from '../config.ts';
import type { Deployment } from '../deployment.ts';
import { type OpenedAuthority, openAuthority } from '../open-authority.ts';
import { uploadNeeded } from './materials.ts';
import { companyValues, individualValues, pastCompany, pastIndividual, waitingCompany } from './past-forms.ts';
import { sampleLine, startSampleAuthority } from './sample-authority.ts';

/** Where everybody of the past is. */
const province = '440000';
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * Gives the sample deployment a past, so that its screens are not empty: a filed site, one that was returned, one that
 * waits for review, and codes. It runs for real, with a clock that starts weeks ago and an
 * authority that never repeats, delays or fails.
 * Every step looks first at the present state, so that a history that was interrupted is finished at the next start.
 * @param authorityFolder the simulated authority's, while nobody else has it: it must remember this, too
 */
export async function loadHistory(deployment: Deployment, authorityFolder: string): Promise<void> {
  const clock = manualClock(new Date(Date.parse(deployment.deps.clock.now()) - 27 * dayMs).toISOString());
  const ids = new SortableIds(() => Date.parse(clock.now()));
  const sim = await startSampleAuthority(0, { dataDir: authorityFolder, clock, calm: true, log: () => {} });
  const opened = await openPastAuthority(deployment, sim.url, { clock, ids });
  try {
    const deps = { ...deployment.deps, clock, ids, authority: opened.authority };
    const worker = new Worker(deps, {
      owner: 'sample-history',
      pollMs: 1000,
      onError: (error) => deployment.logger.error({ err: error }, 'the sample history met an error'),
    });
    const flows = createFlows(deps);
    await new Past(flows, await castOf(flows), { worker, clock, authorityUrl: sim.url }).run();
  } finally {
    opened.close();
    await sim.close();
  }
}

/** Over the wire that the deployment will go on with, so that it knows its records by the authority's ids; by hand over the plain one. */
function openPastAuthority(
  { config, deps }: Deployment,
  url: string,
  { clock, ids }: Pick<Deployment['deps'], 'clock' | 'ids'>,
): Promise<OpenedAuthority> {
  const wire = config.authority.adapter === 'v3' ? 'v3' : 'plain';
  const { provider, name } = config;
  const past = parseConfig({ provider, name, authority: sampleLine(wire, url, [province]) });
  const { store, vault, codeTables } = deps;
  return openAuthority(past, { store, vault, codeTables, clock, ids });
}

/** Asks who there is. */
const setUp: Actor = { userId: 'sample-set-up', role: 'operator', accountId: null };

/** The sample's own people did what is in its past, where they are there. */
async function castOf(flows: FlowTable): Promise<Cast> {
  const { people } = await flows.listPeople({ actor: setUp }, { limit: 100 });
  const idOf = (login: string) => people.find((one) => one.login === login)?.id ?? `sample-${login}`;
  const ofAccount = (accountId: string) => people.find((one) => one.accountId === accountId)?.id;
  return {
    reviewer: { userId: idOf('reviewer'), role: 'reviewer', accountId: null },
    customer: (accountId) => ({ userId: ofAccount(accountId) ?? `sample-${accountId}`, role: 'customer', accountId }),
  };
}

interface Cast {
  readonly reviewer: Actor;
  readonly customer: (accountId: string) => Actor;
}

interface Plan {
  readonly accountId: string;
  readonly domainName: string;
  readonly subjectKind: SubjectKind;
  readonly certificate: { readonly certificateType: string; readonly certificateNumber: string };
  readonly values: Readonly<Record<string, unknown>>;
  readonly with: { readonly resourceId: string } | { readonly code: string };
}

class Past {
  readonly #flows: FlowTable;
  readonly #cast: Cast;
  readonly #worker: Worker;
  readonly #clock: ManualClock;
  readonly #authorityUrl: string;

  constructor(
    flows: FlowTable,
    cast: Cast,
    {
      worker,
      clock,
      authorityUrl,
    }: { readonly worker: Worker; readonly clock: ManualClock; readonly authorityUrl: string },
  ) {
    this.#flows = flows;
    this.#cast = cast;
    this.#worker = worker;
    this.#clock = clock;
    this.#authorityUrl = authorityUrl;
  }

  async run(): Promise<void> {
    const filed = await this.#submit({
      accountId: 'acct-xinghe',
      domainName: 'xinghe-example.cn',
      subjectKind: 'enterprise',
      certificate: { certificateType: 'business_licence', certificateNumber: pastCompany.creditCode },
      values: companyValues(pastCompany, '星河产品手册', 'xinghe-example.cn'),
      with: { resourceId: 'xy-web-1' },
    });
    this.#clock.advance(5 * hourMs);
    if (filed.state === 'awaiting_review') await this.#flows.passFiling(this.#call(this.#cast.reviewer), seenOf(filed));
    await this.#letAuthorityApprove();

    this.#clock.advance(18 * dayMs);
    const codesOnce = { actor: this.#cast.customer('acct-xinghe'), idempotencyKey: 'sample history' };
    const { codes } = await this.#flows.issueCodes(codesOnce, {
      resourceId: 'xy-web-1',
      count: 2,
      granteeAccountId: 'acct-ruoxi',
      note: '合作伙伴',
    });
    const returned = await this.#submit({
      accountId: 'acct-ruoxi',
      domainName: 'ruoxi-example.cn',
      subjectKind: 'individual',
      certificate: { certificateType: 'resident_id', certificateNumber: pastIndividual.residentId },
      values: individualValues(pastIndividual, '若溪摄影手记', 'ruoxi-example.cn'),
      with: { code: codes[0]?.clear ?? '' },
    });
    this.#clock.advance(20 * hourMs);
    if (returned.state === 'awaiting_review') {
      const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '' }];
      await this.#flows.returnFiling(this.#call(this.#cast.reviewer), { ...seenOf(returned), reasons });
    }

    this.#clock.advance(4 * dayMs);
    await this.#submit({
      accountId: 'acct-yunfan',
      domainName: 'yunfan-shop-example.cn',
      subjectKind: 'enterprise',
      certificate: { certificateType: 'business_licence', certificateNumber: waitingCompany.creditCode },
      values: companyValues(waitingCompany, '云帆服装商店', 'yunfan-shop-example.cn'),
      with: { resourceId: 'xy-yunfan' },
    });
  }

  /** From the question which filing it is to the reviewer's desk, or on from its present state. */
  async #submit(plan: Plan): Promise<Filing> {
    const actor = this.#cast.customer(plan.accountId);
    const { domainName, subjectKind, certificate, values } = plan;
    const { filings } = await this.#flows.listFilings({ actor }, {});
    let filing = filings.find((one) => one.domainName === domainName);
    if (filing === undefined) {
      const question = {
        domainName,
        subjectKind,
        serviceKind: 'website' as const,
        provinceCode: province,
        ...certificate,
      };
      filing = (await this.#flows.startFiling(this.#call(actor), question)).filing;
    }
    if (filing.state !== 'draft') return filing;
    const saved = await this.#flows.saveFilingForm(this.#call(actor), { ...seenOf(filing), values: { ...values } });
    filing = saved.filing;
    if (filing.resourceId === null && filing.codeId === null) {
      filing = await this.#flows.bindFiling(this.#call(actor), { ...seenOf(filing), with: plan.with });
    }
    await uploadNeeded(
      clientOf(this.#flows, () => this.#call(actor), this.#clock),
      filing.id,
    );
    this.#clock.advance(hourMs / 4);
    return this.#flows.submitFiling(this.#call(actor), seenOf(filing));
  }

  /** The hand-over, the SMS and the verdict. At a second start they may have happened already. */
  async #letAuthorityApprove(): Promise<void> {
    const controls = createSimControls(this.#authorityUrl);
    await this.#worker.settle();
    const { submissions } = await controls.getState();
    for (const { id, status } of submissions) if (status === 'sms_waiting') await controls.confirmAllSms(id);
    this.#clock.advance(3 * dayMs);
    await this.#worker.settle();
  }

  #call(actor: Actor) {
    return { actor, idempotencyKey: randomUUID() };
  }
}

/** What hands materials in, over the flows themselves: there is no server yet. */
const clientOf = (
  flows: FlowTable,
  call: () => CommandCall,
  clock: { readonly now: () => string },
): Parameters<typeof uploadNeeded>[0] => ({
  getDeployment: async () => ({ now: clock.now() }),
  listMaterials: ({ params }) => flows.listMaterials(call(), params),
  beginUpload: ({ params, body }) => flows.beginUpload(call(), { ...params, ...body, part: body.part ?? 'whole' }),
  getUpload: ({ params }) => flows.getUpload(call(), params),
  appendUpload: ({ params, query: { atByte }, body }) =>
    flows.appendUpload(call(), { ...params, atByte: Number(atByte), body }),
  completeUpload: ({ params }) => flows.completeUpload(call(), params),
});

type Filing = Awaited<ReturnType<FlowTable['submitFiling']>>;

const seenOf = ({ id, version }: Filing) => ({ filingId: id, version });
