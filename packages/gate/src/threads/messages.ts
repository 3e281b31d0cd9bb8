import type { BlockedBatch } from '../blocked/blocked-tally.ts';
import type { GateConfig } from '../config.ts';
import type { ListenedPlace } from '../listen/listener.ts';
import type { MetricsPage } from '../metrics.ts';
import type { ShownNews } from '../snapshot/shown-snapshot.ts';
import type { HostRecords } from '../snapshot/thread-handle.ts';

/** What a further answering thread is started with. */
export interface AnswerThreadTask {
  readonly config: GateConfig;
  /** In the order of the configuration's addresses, each as this thread listens on it. */
  readonly places: readonly ListenedPlace[];
  /** What is shown already. */
  readonly shown: readonly ShownNews[];
  /** For what it counts. */
  readonly tally: SharedArrayBuffer;
}

/** To a further answering thread. */
export type ToAnswerThread =
  | ShownNews
  | { readonly kind: 'records'; readonly id: number; readonly records: HostRecords }
  | { readonly kind: 'metrics'; readonly id: number; readonly page: MetricsPage }
  /** That connection is one too many. */
  | { readonly kind: 'cut'; readonly connection: number }
  | { readonly kind: 'stop' };

/** From it. Only the main thread has the records, all the measurements, and the connections of all threads. */
export type FromAnswerThread =
  | { readonly kind: 'listening' }
  | { readonly kind: 'unable'; readonly code: string }
  | { readonly kind: 'records'; readonly id: number; readonly host: string }
  | { readonly kind: 'metrics'; readonly id: number }
  /** What it has blocked since it said so last. */
  | { readonly kind: 'blocked'; readonly batch: BlockedBatch }
  | { readonly kind: 'opened'; readonly connection: number; readonly address: string }
  | { readonly kind: 'closed'; readonly connection: number }
  | { readonly kind: 'stopped' };
