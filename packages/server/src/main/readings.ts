import { dayOf } from '@openbeian/model/calendar';
import { isFault } from '@openbeian/model/fault';
import { openFilingStates } from '@openbeian/model/filing';
import type { FlowDeps } from '../flows/command/deps.ts';
import type { Readings, WorkState } from '../http/work-metrics.ts';
import { syncOutcomes } from '../ports/index.ts';
import { createAgeReader } from '../store/index.ts';
import type { Parts } from './parts.ts';
import { version } from './release.ts';

/** What this process tells of itself in its metrics; `work` where it does background work. */
export function readingsOf({ deps, open, watchedAuthority }: Parts, work?: () => readonly WorkState[]): Readings {
  return {
    ages: createAgeReader(open.kysely, openFilingStates),
    ...(deps.inventorySyncs.syncs.length > 0 && { syncs: () => countSyncs(deps) }),
    usage: () => open.usage(),
    about: () => ({ version, migration: open.migration, policy: deps.policyFingerprint(dayOf(deps.clock.now())) }),
    authority: watchedAuthority,
    ...(work !== undefined && { work }),
  };
}

async function countSyncs({ store, inventorySyncs: { syncs } }: FlowDeps) {
  const rows = await store.read(({ inventorySyncs }) => inventorySyncs.list(syncs.map(({ name }) => name)));
  const ended = rows.flatMap((row) => (isFault(row) || row.outcome === null ? [] : [row.outcome]));
  const counts = syncOutcomes.map((state) => ({ state, count: ended.filter((one) => one === state).length }));
  return [...counts, { state: 'waiting', count: syncs.length - ended.length }];
}
