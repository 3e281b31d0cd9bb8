import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PolicyFile, policySet } from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { recordMessage } from '../../flows/authority/record-message.ts';
import type { Actor } from '../../flows/command/call.ts';
import { createFlows, type FlowDeps, type FlowTable } from '../../flows/index.ts';
import { createLogger } from '../../http/log.ts';
import type { Authority, AuthorityMessage, AuthorityStatus } from '../../ports/index.ts';
import { formatKeyRing, makeKeyRing } from '../../secrets/index.ts';
import { parseConfig } from '../config.ts';
import { type Deployment, openDeployment } from '../deployment.ts';
import { companyValues } from '../sample/past-forms.ts';

/** Flows over a real database, with an authority that knows nobody, for tests of what rules make of flows. */
export interface RuleWorld {
  readonly deps: FlowDeps;
  readonly flows: FlowTable;
  /** Every day from now on is evaluated by these rules; null: the bundled ones. */
  useRules(files: readonly PolicyFile[] | null): void;
  readonly clock: { nowMs: number };
  /** Runs hand-written SQL behind the store's back; gives the rows. */
  run(text: string): Promise<readonly unknown[]>;
  fresh(prefix: string): string;
  call(accountId: string): { readonly actor: Actor; readonly idempotencyKey: string };
  readonly operator: Actor;
  readonly reviewer: Actor;
  /** Which numbers the authority has for every domain and certificate from now on; null: none. */
  filedElsewhere(numbers: { readonly subjectNumber: string; readonly serviceNumber: string } | null): void;
  /** It may file for others: tests make many organisers with one. */
  account(realName?: string): Promise<string>;
  /** A server that meets every rule, unless `more` says otherwise. */
  server(accountId: string, provider: string, product: string, more?: object): Promise<string>;
  issue(
    accountId: string,
    resourceId: string,
    granteeAccountId?: string | null,
  ): Promise<{ id: string; clear: string }>;
  /** A started filing with a whole form, holding nothing yet. */
  draft(accountId: string, company?: number, domainName?: string): Promise<FilingRef>;
  bind(filing: FilingRef, to: { readonly resourceId: string } | { readonly code: string }): Promise<FilingRef>;
  submit(filing: FilingRef): Promise<FilingRef>;
  pass(filing: FilingRef): Promise<FilingRef>;
  /** From the draft to the number. */
  filed(accountId: string, to: { readonly resourceId: string } | { readonly code: string }): Promise<FiledRef>;
  /** As `filed`, from what is bound on. */
  approve(bound: FilingRef): Promise<FiledRef>;
  message(message: Record<string, unknown>): Promise<string>;
  /** How much of the resource's ledger is spent. */
  spent(resourceId: string, use: 'file' | 'issue'): Promise<number | undefined>;
}

interface FilingRef {
  readonly filingId: string;
  readonly version: number;
  readonly accountId: string;
  readonly domainName: string;
}
export interface FiledRef extends FilingRef {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
}

/** Reports a failure of background work by failing the test. */
export const failTest = (error: unknown): never => {
  throw error;
};

const unknown: AuthorityStatus = { filed: false, subjectNumber: null, serviceNumber: null };

const nobody: Authority = {
  submit: () => Promise.reject(new Error('not asked')),
  fetchMessages: async () => [],
  readMessage: () => null,
  acknowledge: async () => {},
  findStatus: async () => unknown,
};

/** As `describeOnBoth`, on the embedded database alone: for what does not depend on the driver. */
export function describeEmbedded(name: string, tests: (world: () => RuleWorld) => void): void {
  describeOn(name, 'the embedded database', () => openWorld(null), tests);
}

/** Runs the same tests on the embedded database and on PostgreSQL. */
export async function describeOnBoth(name: string, tests: (world: () => RuleWorld) => void): Promise<void> {
  const database = await createTestDatabase();
  describeOn(name, 'the embedded database', () => openWorld(null), tests);
  describe.skipIf(database === null)('with PostgreSQL', () => {
    afterAll(() => database?.drop());
    describeOn(name, 'PostgreSQL', () => openWorld(database?.url ?? ''), tests);
  });
}

type Open = { readonly world: RuleWorld; close(): Promise<void> };

function describeOn(
  name: string,
  driver: string,
  open: () => Promise<Open>,
  tests: (world: () => RuleWorld) => void,
): void {
  describe(`${name}, on ${driver}`, () => {
    let opened: Open;
    beforeAll(async () => {
      opened = await open();
    }, 60_000);
    afterAll(() => opened?.close());
    tests(() => opened.world);
  });
}

async function openWorld(databaseUrl: string | null): Promise<Open> {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-rules-'));
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('test')), { mode: 0o600 });
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: databaseUrl === null ? { directory: folder } : { url: databaseUrl },
    keyRingFile,
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
  const now = () => new Date(clock.nowMs).toISOString();
  const logger = createLogger('silent');
  const deployment = await openDeployment(config, { clock: { now }, inMemory: databaseUrl === null, logger });
  const close = async () => {
    await deployment.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { world: worldOf(deployment, clock), close };
}

/** The world over a deployment that somebody else opens and closes; with its own authority, or one that knows nobody. */
export function worldOf(
  deployment: Deployment,
  clock: { nowMs: number },
  run = '',
  own: 'own authority' | null = null,
): RuleWorld {
  let policies = deployment.deps.policies;
  let status: AuthorityStatus = unknown;
  const authority = own === null ? { ...nobody, findStatus: async () => status } : deployment.deps.authority;
  // Materials have tests of their own.
  const materials = { ...deployment.deps.materials, areRequired: false };
  const verification = { ...deployment.deps.verification, isRequired: false };
  const parts = { ...deployment.deps, authority, materials, verification };
  const deps: FlowDeps = Object.defineProperty(parts, 'policies', {
    get: () => policies,
  });
  let made = 0;
  const people: People = {
    deps,
    flows: createFlows(deps),
    clock,
    next: () => (made += 1),
    fresh: (prefix) => `${prefix}-${run}${people.next()}`,
    domainOf: (number) => `rules-${run}${number}.cn`,
    operator: { userId: 'usr_operator', role: 'operator', accountId: null },
    reviewer: { userId: 'usr_reviewer', role: 'reviewer', accountId: null },
    as: (actor) => ({ actor, idempotencyKey: people.fresh('key') }),
    call: (accountId) => people.as({ userId: `usr_${accountId}`, role: 'customer', accountId }),
  };
  const steps = filingSteps(people);
  const messages = authorityMessages(people);
  return {
    ...people,
    async run(text) {
      return (await sql.raw(text).execute(deployment.open.kysely)).rows;
    },
    ...belongings(people),
    ...steps,
    ...messages,
    ...approvals(people, { ...steps, ...messages }),
    filedElsewhere(numbers) {
      status = numbers === null ? unknown : { filed: true, ...numbers };
    },
    useRules(files) {
      policies = files === null ? deployment.deps.policies : policySet(files);
    },
  };
}

/** Who acts in the world, and the names they give to things. */
interface People extends Pick<RuleWorld, 'deps' | 'flows' | 'clock' | 'fresh' | 'call' | 'operator' | 'reviewer'> {
  /** A number that the world has not used yet. */
  next(): number;
  domainOf(number: number): string;
  as(actor: Actor): { readonly actor: Actor; readonly idempotencyKey: string };
}

function belongings({
  deps,
  flows,
  fresh,
  as,
  call,
  operator,
}: People): Pick<RuleWorld, 'account' | 'server' | 'issue' | 'spent'> {
  return {
    async account(realName = 'enterprise') {
      const id = fresh('acct');
      await flows.putInventory(as(operator), { body: { accounts: [{ id, realName }], resources: [] } });
      await deps.store.transaction((tx) => tx.accounts.setAgency(id, true, deps.clock.now()));
      return id;
    },
    async server(account, provider, product, more = {}) {
      const id = fresh('ins');
      const facts = {
        id,
        account,
        provider,
        product,
        region: 'cn-mainland',
        billing: 'prepaid',
        boughtAt: '2026-06-01',
        expiresAt: '2028-12-31',
        publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
        bandwidthMbps: 5,
        ...more,
      };
      await flows.putInventory(as(operator), { body: { accounts: [], resources: [facts] } });
      return id;
    },
    async issue(accountId, resourceId, granteeAccountId = null) {
      const input = { resourceId, count: 1, granteeAccountId, note: '' };
      const { codes } = await flows.issueCodes(call(accountId), input);
      return { id: codes[0]?.code.id ?? '', clear: codes[0]?.clear ?? '' };
    },
    async spent(resourceId, use) {
      const { check } = await flows.getResource({ actor: operator }, { resourceId });
      return check[use].quota?.used;
    },
  };
}

function filingSteps({
  flows,
  next,
  domainOf,
  as,
  call,
  reviewer,
}: People): Pick<RuleWorld, 'draft' | 'bind' | 'submit' | 'pass'> {
  return {
    async draft(accountId, companyNumber, givenName) {
      const number = next();
      const domainName = givenName ?? domainOf(number);
      const company = fictionalCompany(companyNumber ?? 1000 + number);
      const { filing } = await flows.startFiling(call(accountId), {
        domainName,
        serviceKind: 'website',
        subjectKind: 'enterprise',
        provinceCode: '440000',
        certificateType: 'business_licence',
        certificateNumber: company.creditCode,
      });
      const seen = { filingId: filing.id, version: filing.version };
      const all = companyValues(company, `规则手册${'甲乙丙丁戊己庚辛壬癸'[number % 10]}卷`, domainName);
      // A subject that is filed here is not asked again.
      const asked = Object.entries(all).filter(
        ([path]) => filing.kind !== 'add_site_here' || !path.startsWith('subject.'),
      );
      const values = Object.fromEntries(asked);
      const saved = await flows.saveFilingForm(call(accountId), { ...seen, values });
      return { filingId: filing.id, version: saved.filing.version, accountId, domainName };
    },
    async bind(filing, to) {
      const { filingId, version } = filing;
      const bound = await flows.bindFiling(call(filing.accountId), { filingId, version, with: to });
      return { ...filing, version: bound.version };
    },
    async submit(filing) {
      const { filingId, version } = filing;
      const { version: submitted } = await flows.submitFiling(call(filing.accountId), { filingId, version });
      return { ...filing, version: submitted };
    },
    async pass(filing) {
      const { filingId, version } = filing;
      const { version: passed } = await flows.passFiling(as(reviewer), { filingId, version });
      return { ...filing, version: passed };
    },
  };
}

function authorityMessages({ deps, clock, fresh }: People): Pick<RuleWorld, 'message'> {
  return {
    async message({ filingId, ...message }) {
      const row = typeof filingId === 'string' ? await deps.store.transaction((tx) => tx.filings.find(filingId)) : null;
      return recordMessage(
        deps,
        {
          messageId: fresh('msg'),
          sentAt: new Date(clock.nowMs).toISOString(),
          ...(row !== null && { submissionId: row.submissionId }),
          ...message,
        } as unknown as AuthorityMessage,
        failTest,
      );
    },
  };
}

function approvals(
  { deps, next }: People,
  { draft, bind, submit, pass, message }: Pick<RuleWorld, 'draft' | 'bind' | 'submit' | 'pass' | 'message'>,
): Pick<RuleWorld, 'filed' | 'approve'> {
  const approve: RuleWorld['approve'] = async (bound) => {
    const submitted = await submit(bound);
    const { filingId } = await pass(submitted);
    const number = next();
    const row = await deps.store.transaction((tx) => tx.filings.find(filingId));
    // Beyond those that tests write out.
    const subjectNumber = row?.subjectNumber ?? `粤ICP备${2026_100_000 + number}号`;
    const serviceNumber = `${subjectNumber}-${row?.subjectNumber ? number : 1}`;
    await message({ kind: 'approved', filingId, subjectNumber, serviceNumber });
    return { ...submitted, subjectNumber, serviceNumber };
  };
  return { approve, filed: async (accountId, to) => approve(await bind(await draft(accountId), to)) };
}

/** The fault's code and its reasons' codes; the test fails when nothing was refused. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isFault(error)) throw error ?? new Error('nothing was refused');
  const reasons = (error.extras.reasons ?? []) as readonly { readonly code: string }[];
  return [error.code, ...reasons.map((reason) => reason.code)].join(' ');
}
