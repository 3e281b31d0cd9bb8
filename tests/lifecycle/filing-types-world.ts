import { createSimControls, defaultSimSecret, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { fictionalFiling } from '@openbeian/model/fictional';
import type { ServiceKind } from '@openbeian/model/filing';
import type { FormValues } from '@openbeian/model/forms';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { loadDivisions } from '@openbeian/policies/divisions';
import {
  type Client,
  createClient,
  createCookieJar,
  type Input,
  ProblemError,
} from '../../packages/contract/src/client.ts';
import type { Operations } from '../../packages/contract/src/operations/index.ts';
import { createUser } from '../../packages/server/src/auth/users.ts';
import { parseConfig } from '../../packages/server/src/main/config.ts';
import { openDeployment } from '../../packages/server/src/main/deployment.ts';
import { createLogger } from '../../packages/server/src/main/index.ts';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { runWorker } from '../../packages/server/src/main/worker.ts';

const portalToken = 'a-token-of-the-portal';
const many = { limit: 100_000_000 };
const tables = loadCodeTables();
const divisions = loadDivisions();
const day = '2026-11-21';

/** A number in characters that a name may have. */
const counted = (number: number): string =>
  [...String(number)].map((digit) => '子丑寅卯辰巳午未申酉'[Number(digit)]).join('');

export const natures = ['individual', 'enterprise', 'government', 'society'] as const;
export type Nature = (typeof natures)[number];
export type Filing = Awaited<ReturnType<Client['getFiling']>>['filing'];

/** A fictional organiser with as many services as it is asked for. */
export interface Organiser {
  readonly accountId: string;
  readonly client: Client;
  readonly nature: Nature;
  /** What a start is given, for its nth service. */
  startOf(serial: number, serviceKind: ServiceKind): Input<Operations['startFiling']>['body'];
  valuesOf(serial: number, serviceKind: ServiceKind): FormValues;
}

/** A server with its worker, over HTTP on loopback, and the simulated authority; time is moved by hand. */
export async function openTypesWorld() {
  const clock = manualClock(`${day}T01:30:00.000Z`);
  const authority = await startAuthoritySim({ clock, calm: true, log: () => {} });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '测试', en: 'Test' },
    authority: { url: authority.url, secret: defaultSimSecret },
    signIn: { portalTokens: [portalToken] },
    http: {
      port: 0,
      limits: { costPerAccount: many, costPerAddress: many, lookupsPerAccount: many, heldByOthersPerAccount: many },
    },
  });
  const deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
  const server = await listen(deployment, null);
  const worker = runWorker(deployment);
  const controls = createSimControls(authority.url);
  const portal = createClient({ baseUrl: server.url, bearer: portalToken });
  const staff = async (role: 'reviewer' | 'operator') => {
    const client = createClient({ baseUrl: server.url, cookies: createCookieJar() });
    const password = 'of everybody in this test';
    await createUser(await deployment.library(), { login: role, displayName: role, role, accountId: null, password });
    await client.signIn({ body: { login: role, password } });
    return client;
  };
  const [reviewer, operator] = [await staff('reviewer'), await staff('operator')];
  let serials = 0;

  /** Lets hand-overs and messages come to rest. */
  const rest = async () => {
    for (let turn = 0; turn < 60; turn += 1) {
      await worker.settle();
      const { unacknowledgedMessages, submissions } = await controls.getState();
      const waits = submissions.some(({ status }) => status === 'received' || status === 'deciding');
      const jobs = await deployment.deps.store.transaction((tx) => tx.jobs.list({ limit: 1 }));
      if (unacknowledgedMessages === 0 && jobs.length === 0 && !waits) return;
      clock.advance(5_000);
      authority.tick();
    }
    const jobs = await deployment.deps.store.transaction((tx) => tx.jobs.list({ limit: 3 }));
    const { submissions } = await controls.getState();
    throw new Error(`it does not come to rest: ${JSON.stringify({ jobs, last: submissions.slice(0, 2) })}`);
  };
  const confirmSms = async () => {
    await rest();
    const { submissions } = await controls.getState();
    for (const { id, status } of submissions) if (status === 'sms_waiting') await controls.confirmAllSms(id);
    await rest();
  };

  return {
    controls,
    reviewer,
    operator,
    rest,
    confirmSms,
    async close() {
      await worker.close();
      await server.close();
      await deployment.close();
      await authority.close();
    },
    /** Signs in to an account of its own, verified as an organiser of that nature is. */
    async account(nature: Nature): Promise<{ readonly accountId: string; readonly client: Client }> {
      serials += 1;
      const accountId = `acct-${nature}-${serials}`;
      const realName = nature === 'individual' ? 'individual' : 'enterprise';
      const { ticket } = await portal.createSignInTicket({
        body: {
          account: { id: accountId, displayName: accountId, realName },
          person: { id: `of-${accountId}`, displayName: '备案专员' },
        },
      });
      const client = createClient({ baseUrl: server.url, cookies: createCookieJar() });
      await client.signInWithTicket({ body: { ticket } });
      return { accountId, client };
    },
    organiser(
      { accountId, client }: { readonly accountId: string; readonly client: Client },
      nature: Nature,
    ): Organiser {
      serials += 20;
      const seed = serials;
      // Everything of the organiser is that of its first service; of the service only its own goes along.
      const made = (serial: number, serviceKind: ServiceKind) => {
        const of = { tables, divisions, at: day, provinceCode: '440000', nature, serviceKind };
        const own = fictionalFiling(seed, of);
        const next = fictionalFiling(seed + serial, of);
        const isOfService = (path: string) => path.startsWith('service.') && !path.startsWith('service.principal.');
        const values: Record<string, unknown> = Object.fromEntries([
          ...Object.entries(own.values).filter(([path]) => !isOfService(path)),
          ...Object.entries(next.values).filter(([path]) => isOfService(path)),
        ]);
        // The authority has each name once.
        values['service.name'] = `${String(values['service.name'])}${counted(seed + serial)}`;
        return { context: next.context, values };
      };
      return {
        accountId,
        client,
        nature,
        startOf(serial, serviceKind) {
          const { context, values } = made(serial, serviceKind);
          return {
            domainName: context.domainName,
            serviceKind,
            subjectKind: context.subjectKind,
            nature: String(values['subject.nature']),
            provinceCode: context.provinceCode,
            certificateType: String(values['subject.certificateType']),
            certificateNumber: String(values['subject.certificateNumber']),
          };
        },
        valuesOf: (serial, serviceKind) => made(serial, serviceKind).values,
      };
    },
    async server(accountId: string): Promise<string> {
      serials += 1;
      const id = `ins-${serials}`;
      await operator.putInventory({
        body: {
          accounts: [],
          resources: [
            {
              id,
              account: accountId,
              provider: 'xingyun',
              product: 'server',
              region: 'cn-mainland',
              billing: 'prepaid',
              boughtAt: '2026-06-01',
              expiresAt: '2028-12-31',
              publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
              bandwidthMbps: 5,
            },
          ],
        },
      });
      return id;
    },
  };
}
export type TypesWorld = Awaited<ReturnType<typeof openTypesWorld>>;

const refOf = ({ id, version }: Filing) => ({ params: { filingId: id }, body: { version } });

/** Saves what its form asks; what it does not ask is left out. */
export async function fillIn({ client }: Organiser, filing: Filing, values: FormValues): Promise<Filing> {
  const params = { filingId: filing.id };
  const form = await client.getFilingForm({ params });
  const open = form.sections.flatMap(({ fields }) => fields.filter(({ input }) => input !== 'fixed'));
  const refused = form.refused === null ? null : new Set(form.refused);
  const given = open.flatMap(({ path }) => {
    const may = path in values && (refused === null || refused.has(path));
    return may ? [[path, values[path]]] : [];
  });
  const body = { version: filing.version, values: Object.fromEntries(given) };
  return (await client.saveFilingForm({ params, body })).filing;
}

/** Binds it to a server of the account. */
export async function bind(world: TypesWorld, { accountId, client }: Organiser, filing: Filing): Promise<Filing> {
  const { params, body } = refOf(filing);
  return client.bindFiling({ params, body: { ...body, with: { resourceId: await world.server(accountId) } } });
}

/** A reviewer decides about each person of whom the filing asks it: nothing passes before. */
async function verifyEverybody({ reviewer }: TypesWorld, filing: Filing): Promise<void> {
  const { params, body } = refOf(filing);
  const { persons } = await reviewer.getVerification({ params });
  for (const { role } of persons)
    await reviewer.decideVerification({ params, body: { ...body, role, way: 'sheet', outcome: 'passed' } });
}

/** Submits, passes and confirms, up to the verdict. */
export async function decided(world: TypesWorld, { client }: Organiser, filing: Filing): Promise<Filing> {
  await uploadNeeded(client, filing.id);
  const submitted = await client.submitFiling(refOf(filing)).catch((error: unknown) => {
    const findings = error instanceof ProblemError ? error.problem.findings : undefined;
    throw findings === undefined ? error : new Error(JSON.stringify(findings));
  });
  if (submitted.state === 'awaiting_review') {
    await verifyEverybody(world, submitted);
    await world.reviewer.passFiling(refOf(submitted));
  }
  await world.confirmSms();
  return (await client.getFiling({ params: { filingId: filing.id } })).filing;
}

/** Rejected first; what is on record is asked for before and after. Then as it is submitted again. */
export async function rejectedThenFiled(
  world: TypesWorld,
  organiser: Organiser,
  filing: Filing,
  onRecord: () => Promise<unknown>,
): Promise<{ readonly rejected: Filing; readonly filed: Filing; readonly unchanged: boolean }> {
  const before = JSON.stringify(await onRecord());
  await world.controls.rejectNext(null, [{ code: '1020', field: null, text: '请补充说明' }]);
  const rejected = await decided(world, organiser, filing);
  const unchanged = JSON.stringify(await onRecord()) === before;
  return { rejected, unchanged, filed: await decided(world, organiser, rejected) };
}
