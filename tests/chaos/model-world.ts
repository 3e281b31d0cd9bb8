import { createSimControls, defaultSimSecret, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { type Client, createClient, createCookieJar } from '@openbeian/contract/client';
import { addDays, dayOf } from '@openbeian/model/calendar';
import { fictionalCompany } from '@openbeian/model/fictional';
import { createUser } from '../../packages/server/src/auth/users.ts';
import { createLogger, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { companyValues } from '../../packages/server/src/main/sample/past-forms.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { runWorker } from '../../packages/server/src/main/worker.ts';

export const people = ['acct-a', 'acct-b', 'acct-c'] as const;
const dayMs = 86_400_000;
const generous = { limit: 1_000_000, windowSeconds: 60 };

/** The product over real HTTP, on the embedded database in memory, with a clock that is moved by hand. */
export async function openModelWorld() {
  const clock = manualClock('2026-11-21T01:30:00.000Z');
  const sim = await startAuthoritySim({ clock, calm: true, verdictAfterMs: 0, log: () => {} });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    http: { port: 0, limits: { verifyCodePerAccount: generous, costPerAccount: generous, costPerAddress: generous } },
    authority: { adapter: 'plain', url: sim.url, secret: defaultSimSecret },
    // Stories leave many drafts behind, and days pass; how many and how long is tested by itself (filing-limits.test.ts).
    drafts: { perAccount: 10_000, emptyDays: 60 },
    // Handed in and checked by tests of their own.
    materials: { required: false },
    verification: { required: false },
    worker: { pollMs: 60_000 },
  });
  const deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('fatal') });
  const worker = runWorker(deployment);
  const server = await listen(deployment, null);
  const putInventory = (key: string, body: Record<string, unknown>) =>
    deployment.flows.putInventory(
      { actor: { userId: 'usr_loader', role: 'operator', accountId: null }, idempotencyKey: key },
      { body },
    );
  await putInventory('accounts', { accounts: people.map((id) => ({ id, realName: 'enterprise' })), resources: [] });
  // They file for any organiser: the reference knows nothing of whose filing it is.
  await deployment.deps.store.transaction(async (tx) => {
    for (const id of people) await tx.accounts.setAgency(id, true, clock.now());
  });
  const signIn = async (login: string, role: 'customer' | 'operator' | 'reviewer', accountId: string | null) => {
    await createUser(await deployment.library(), {
      login,
      password: 'drives the model',
      displayName: login,
      role,
      accountId,
    });
    const client = createClient({ baseUrl: server.url, cookies: createCookieJar() });
    await client.signIn({ body: { login, password: 'drives the model' } });
    return client;
  };
  const customers = new Map<string, Client>();
  for (const id of people) customers.set(id, await signIn(id, 'customer', id));
  const operator = await signIn('operator', 'operator', null);
  const reviewer = await signIn('reviewer', 'reviewer', null);
  const controls = createSimControls(sim.url);
  let made = 0;

  return {
    operator,
    as(account: string): Client {
      const client = customers.get(account);
      if (client === undefined) throw new Error(`nobody is ${account}`);
      return client;
    },
    fresh: (prefix: string) => `${prefix}-${(made += 1)}`,
    /** The day that a number of the reference means. */
    day: (number: number) => addDays('2026-11-21', number),
    today: () => Math.round((Date.parse(dayOf(clock.now())) - Date.parse('2026-11-21')) / dayMs),
    pass: (days: number) => clock.advance(days * dayMs),
    /** A filing of a company that has filed nothing yet. */
    async startFiling(account: string) {
      made += 1;
      const company = fictionalCompany(1000 + made);
      const domainName = `model-${made}-example.cn`;
      const { filing } = await this.as(account).startFiling({
        body: {
          domainName,
          subjectKind: 'enterprise',
          provinceCode: '440000',
          certificateType: 'business_licence',
          certificateNumber: company.creditCode,
        },
      });
      return { id: filing.id, values: companyValues(company, `星河产品手册${made}`, domainName) };
    },
    async versionOf(account: string, filingId: string): Promise<number> {
      return (await this.as(account).getFiling({ params: { filingId } })).filing.version;
    },
    /** The number under which a filing was filed. */
    async numberOf(account: string, filingId: string): Promise<string> {
      const { serviceNumber } = (await this.as(account).getFiling({ params: { filingId } })).filing;
      if (serviceNumber === null) throw new Error(`${filingId} has no number`);
      return serviceNumber;
    },
    async submit(account: string, filingId: string, values: Readonly<Record<string, unknown>>) {
      const params = { filingId };
      const version = await this.versionOf(account, filingId);
      const saved = await this.as(account).saveFilingForm({ params, body: { version, values } });
      await this.as(account).submitFiling({ params, body: { version: saved.filing.version } });
    },
    /** From the reviewer's desk to the filing number. */
    async file(account: string, filingId: string): Promise<string> {
      const version = await this.versionOf(account, filingId);
      await reviewer.passFiling({ params: { filingId }, body: { version } });
      await worker.settle();
      for (const { id, status } of (await controls.getState()).submissions) {
        if (status === 'sms_waiting') await controls.confirmAllSms(id);
      }
      for (let round = 0; round < 5; round += 1) {
        sim.tick();
        await worker.settle();
        const { filing } = await this.as(account).getFiling({ params: { filingId } });
        if (filing.state === 'filed') return filing.state;
        clock.advance(60_000);
      }
      return (await this.as(account).getFiling({ params: { filingId } })).filing.state;
    },
    async close() {
      await server.close();
      await worker.close();
      await deployment.close();
      await sim.close();
    },
  };
}
export type ModelWorld = Awaited<ReturnType<typeof openModelWorld>>;
