import { createSimControls, defaultSimSecret, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { parseConfig } from '../../packages/server/src/main/config.ts';
import { openDeployment } from '../../packages/server/src/main/deployment.ts';
import { createLogger } from '../../packages/server/src/main/index.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { runWorker } from '../../packages/server/src/main/worker.ts';
import { type Filing, type Organiser, openOrganisers, submitAndPass } from './organisers.ts';

const portalToken = 'a-token-of-the-portal';
const many = { limit: 100_000_000 };
const day = '2026-11-21';

/** A server with its worker, over HTTP on loopback, and the simulated authority; time is moved by hand. */
export async function openTypesWorld() {
  const clock = manualClock(`${day}T01:30:00.000Z`);
  const authority = await startAuthoritySim({ clock, calm: true, log: () => {} });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '测试', en: 'Test' },
    authority: { adapter: 'plain', url: authority.url, secret: defaultSimSecret },
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
  const organisers = await openOrganisers({ deployment, url: server.url, portalToken, provider: 'xingyun', day });

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
    ...organisers,
    controls,
    rest,
    confirmSms,
    async close() {
      await worker.close();
      await server.close();
      await deployment.close();
      await authority.close();
    },
  };
}
export type TypesWorld = Awaited<ReturnType<typeof openTypesWorld>>;

/** Submits, passes and confirms, up to the verdict. */
export async function decided(world: TypesWorld, organiser: Organiser, filing: Filing): Promise<Filing> {
  await submitAndPass(world, organiser, filing);
  await world.confirmSms();
  return (await organiser.client.getFiling({ params: { filingId: filing.id } })).filing;
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
