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
import type { Deployment } from '../../packages/server/src/main/deployment.ts';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';

const tables = loadCodeTables();
const divisions = loadDivisions();

/** A number in characters that a name may have. */
const counted = (number: number): string =>
  [...String(number)].map((digit) => '子丑寅卯辰巳午未申酉'[Number(digit)]).join('');

const telephones = ['subject.principal', 'service.principal'].flatMap((at) => [
  `${at}.mobile`,
  `${at}.emergencyMobile`,
]);

export const natures = ['individual', 'enterprise', 'government', 'society'] as const;
export type Nature = (typeof natures)[number];
export type Filing = Awaited<ReturnType<Client['getFiling']>>['filing'];

/** A fictional organiser of a nature of the form (`enterprise`, `law_practice`), with as many services as it is asked for. */
export interface Organiser<Of extends string = string> {
  readonly accountId: string;
  readonly client: Client;
  readonly nature: Of;
  /** How coarse the paper on its pictures is; the coarser, the smaller they are. As usual unless given. */
  readonly grain?: number;
  /** What a start is given, for its nth service. */
  startOf(serial: number, serviceKind: ServiceKind): Input<Operations['startFiling']>['body'];
  valuesOf(serial: number, serviceKind: ServiceKind): FormValues;
}

/** Where filings are made, and by whom. */
export interface OrganisersWorld {
  readonly deployment: Deployment;
  /** Of the server over HTTP. */
  readonly url: string;
  /** Of the provider's portal, which signs customers in. */
  readonly portalToken: string;
  /** Whose servers filings are bound to. */
  readonly provider: string;
  /** The day on which forms are filled in. */
  readonly day: string;
}

/** Signs in staff and any number of fictional organisers, and buys them servers. */
export async function openOrganisers({ deployment, url, portalToken, provider, day }: OrganisersWorld) {
  const portal = createClient({ baseUrl: url, bearer: portalToken });
  const staff = async (role: 'reviewer' | 'operator') => {
    const client = createClient({ baseUrl: url, cookies: createCookieJar() });
    const password = 'of everybody in this test';
    await createUser(await deployment.library(), { login: role, displayName: role, role, accountId: null, password });
    await client.signIn({ body: { login: role, password } });
    return client;
  };
  const [reviewer, operator] = [await staff('reviewer'), await staff('operator')];
  let serials = 0;
  return {
    reviewer,
    operator,
    /** Signs in to an account of its own, verified as an organiser of that nature is. */
    async account(nature: string): Promise<{ readonly accountId: string; readonly client: Client }> {
      serials += 1;
      const accountId = `acct-${nature}-${serials}`;
      const realName = nature === 'individual' ? 'individual' : 'enterprise';
      const { ticket } = await portal.createSignInTicket({
        body: {
          account: { id: accountId, displayName: accountId, realName },
          person: { id: `of-${accountId}`, displayName: '备案专员' },
        },
      });
      const client = createClient({ baseUrl: url, cookies: createCookieJar() });
      await client.signInWithTicket({ body: { ticket } });
      return { accountId, client };
    },
    organiser<Of extends string>(
      { accountId, client }: { readonly accountId: string; readonly client: Client },
      nature: Of,
      {
        provinceCode = '440000',
        seed = (serials +=
          20),
      }: { readonly provinceCode?: string; readonly seed?: number } = {},
    ): Organiser<Of> {
      // Everything of the organiser is that of its first service; of the service only its own goes along.
      const made = (serial: number, serviceKind: ServiceKind) => {
        const of = { tables, divisions, at: day, provinceCode, nature, serviceKind };
        const own = fictionalFiling(seed, of);
        const next = fictionalFiling(seed + serial, of);
        const isOfService = (path: string) => path.startsWith('service.') && !path.startsWith('service.principal.');
        const values: Record<string, unknown> = Object.fromEntries([
          ...Object.entries(own.values).filter(([path]) => !isOfService(path)),
          ...Object.entries(next.values).filter(([path]) => isOfService(path)),
        ]);
        // Fictional people share 10,000 telephones, and of thousands of organisers each must have its own.
        for (const [index, path] of telephones.entries())
          if (path in values) values[path] = `199${String(seed * telephones.length + index).padStart(8, '0')}`;
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
              provider,
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
export type Organisers = Awaited<ReturnType<typeof openOrganisers>>;

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
export async function bind(
  world: Pick<Organisers, 'server'>,
  { accountId, client }: Organiser,
  filing: Filing,
): Promise<Filing> {
  const { params, body } = refOf(filing);
  return client.bindFiling({ params, body: { ...body, with: { resourceId: await world.server(accountId) } } });
}

/** A reviewer decides about each person of whom the filing asks it: nothing passes before. */
async function verifyEverybody({ reviewer }: Pick<Organisers, 'reviewer'>, filing: Filing): Promise<void> {
  const { params, body } = refOf(filing);
  const { persons } = await reviewer.getVerification({ params });
  for (const { role } of persons)
    await reviewer.decideVerification({ params, body: { ...body, role, way: 'sheet', outcome: 'passed' } });
}

/** Submits with the pictures that are needed. */
export async function submit({ client, grain }: Organiser, filing: Filing): Promise<Filing> {
  await uploadNeeded(client, filing.id, grain);
  return client.submitFiling(refOf(filing)).catch((error: unknown) => {
    const findings = error instanceof ProblemError ? error.problem.findings : undefined;
    throw findings === undefined ? error : new Error(JSON.stringify(findings));
  });
}

/** Submits, and passes the review where there is one. */
export async function submitAndPass(
  world: Pick<Organisers, 'reviewer'>,
  organiser: Organiser,
  filing: Filing,
): Promise<Filing> {
  const submitted = await submit(organiser, filing);
  return submitted.state === 'awaiting_review' ? passReviewed(world, submitted) : submitted;
}

/** Passes one that awaits its review. */
export async function passReviewed(world: Pick<Organisers, 'reviewer'>, submitted: Filing): Promise<Filing> {
  await verifyEverybody(world, submitted);
  return world.reviewer.passFiling(refOf(submitted));
}
