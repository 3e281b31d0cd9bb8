import { parentPort, workerData } from 'node:worker_threads';
import type { CloudReading, InventorySync, SyncText } from '@openbeian/server/main/worker';
import { InventoryUnread, readInventory, remarksOn } from '../inventory/read-inventory.ts';
import { useCredentials } from './sync-credentials.ts';
import { cloudReaderWords as words } from './words.ts';

/** What the thread is started with. */
export interface CloudThreadData {
  readonly sync: InventorySync;
}
export type CloudThreadAnswer = CloudReading | { readonly trouble: SyncText };

async function answer({ sync }: CloudThreadData): Promise<CloudThreadAnswer> {
  const { cloud, regions, endpoint, account, partial, variablesPrefix } = sync;
  if (!isCloud(cloud)) return { trouble: words.broken(cloud) };
  try {
    const missing = useCredentials(process.env, cloud, variablesPrefix);
    if (missing.length > 0) return { trouble: words.noCredentials(missing) };
    const rest = partial ? 'by_region' : 'refused';
    const read = await readInventory({ cloud, regions, endpoint, account, rest });
    const { inventory, covered, unread } = read;
    return { resources: inventory.resources, covered, unread: [...unread, ...remarksOn(read)] };
  } catch (error) {
    if (error instanceof InventoryUnread) return { trouble: error.text };
    // Its text may be an SDK's and hold anything.
    return { trouble: words.broken(error instanceof Error ? error.name : 'Error') };
  }
}

const isCloud = (cloud: string): cloud is Parameters<typeof useCredentials>[1] =>
  ['tencent', 'alibaba', 'huawei', 'volcengine'].includes(cloud);

const port = parentPort;
// `createCloudReader` gives exactly this.
const data = workerData as CloudThreadData;
const found = await answer(data);
port?.postMessage(found);
