import { Fault, faultCatalogue, isFault } from '@openbeian/model/fault';
import type { HeardProcess, InventorySyncRow, LineOverview, StoreTransaction } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inReading } from '../command/step.ts';
import { recheckKeys } from '../keys/verify-keys.ts';
import { linesItem, mostDifferences, reconciliationItem } from './authority-items.ts';
import { certificateItem, databaseItem, filesItem, type Keys, keysItem, migrationsItem } from './data-items.ts';
import { gatesItem } from './gate-items.ts';
import { type OperationsItem, type Text, worstOf } from './item.ts';
import {
  clockItem,
  type HeardGate,
  type HeardServer,
  type HeardWorker,
  replicaItem,
  serversItem,
  workersItem,
} from './process-items.ts';
import { syncsItem } from './sync-items.ts';
import { mailItem, mostFailed, mostWebhooks, parkedItem, queueItems, webhooksItem } from './work-items.ts';

/** Processes are told up to so many. */
const mostProcesses = 200;

/**
 * What operators watch, each as it is now and with what to do about it. Whatever cannot be known here is left out or `unknown`. Costs
 * the same however much there is: figures are read from the beginning of indexes, or counted up to a bound.
 */
export const getOperations = queryInParts({ id: 'getOperations', faults: [] }, async (request) => {
  const { deps } = request;
  const figures = await inReading(request, null, ({ tx }) => figuresOf(tx, deps));
  const keys = await keysOf(deps, figures.sealingKeys);
  const lines = (await deps.authorityDesk?.listLines()) ?? null;
  const ages = await deps.system.queueAges();
  const items = itemsOf(request, { ...figures, keys, lines, ages });
  const countOf = (state: OperationsItem['state']) => items.filter((one) => one.state === state).length;
  return {
    state: worstOf(items.filter(({ state }) => state !== 'unknown')),
    failing: countOf('failing'),
    attention: countOf('attention'),
    unknown: countOf('unknown'),
    items,
  };
});

type Figures = Awaited<ReturnType<typeof figuresOf>>;

async function figuresOf(
  { processReports, operations, workFailures, jobs, inventorySyncs }: StoreTransaction,
  { inventorySyncs: { syncs } }: FlowDeps,
) {
  const heard = (await processReports.list(mostProcesses)).filter(
    (one): one is HeardProcess => !(one instanceof Fault),
  );
  return {
    servers: heard.filter((one): one is HeardServer => one.kind === 'server'),
    workers: heard.filter((one): one is HeardWorker => one.kind === 'worker'),
    gates: heard.filter((one): one is HeardGate => one.kind === 'gate'),
    head: await operations.head(mostDifferences),
    parked: await operations.listParked(mostFailed),
    mailRetried: await operations.listRetried(['notice', 'link'], mostFailed),
    webhooks: await operations.listTroubledWebhooks(mostWebhooks),
    sealingKeys: await operations.listSealingKeys(),
    syncs: (syncs.length === 0 ? [] : await inventorySyncs.list(syncs.map(({ name }) => name))).filter(
      (row): row is InventorySyncRow => !(row instanceof Fault),
    ),
    failures: await workFailures.countAll(),
    jobs: await jobs.count(),
  };
}

async function keysOf(deps: FlowDeps, known: Keys['known']): Promise<Keys> {
  const { vault } = deps;
  const configured = vault.checks.filter(({ use }) => use === 'sealing').map(({ keyId }) => keyId);
  return { known, newest: vault.newest.sealing, configured, trouble: await troubleWithKeys(deps) };
}

async function troubleWithKeys(deps: FlowDeps): Promise<Text | null> {
  try {
    await recheckKeys(deps);
    return null;
  } catch (error) {
    if (!isFault(error, 'secret.wrong_key')) throw error;
    const { zh, en } = error.extras.detail ?? faultCatalogue['secret.wrong_key'];
    return { zh, en };
  }
}

interface Found extends Figures {
  readonly keys: Keys;
  readonly lines: readonly LineOverview[] | null;
  readonly ages: Awaited<ReturnType<FlowDeps['system']['queueAges']>>;
}

/** In the order in which they are looked at: what everything needs comes first. */
function itemsOf({ deps, at }: FlowRequest, found: Found): OperationsItem[] {
  const { servers, workers, gates, head, ages, lines } = found;
  const { system, notifier, publicUrl, authorityByHand } = deps;
  const processes = [...servers, ...workers];
  const all = [
    databaseItem(system),
    replicaItem(servers),
    migrationsItem(head, system),
    serversItem(servers, system),
    workersItem(workers, system),
    clockItem(processes),
    gatesItem(gates, head, system),
    linesItem({ lines, isByHand: authorityByHand, at }),
    reconciliationItem({ lines }, head),
    parkedItem(found.parked, found.failures),
    ...queueItems(ages, found.jobs),
    syncsItem(deps.inventorySyncs.syncs, found.syncs, at),
    webhooksItem(found.webhooks, ages),
    mailItem(notifier.enabled, found.mailRetried, ages),
    keysItem(found.keys),
    filesItem(processes),
    certificateItem(servers, { publicUrl, at }),
  ];
  return all.filter((one) => one !== null);
}
