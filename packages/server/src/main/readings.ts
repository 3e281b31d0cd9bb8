import { dayOf } from '@openbeian/model/calendar';
import { openFilingStates } from '@openbeian/model/filing';
import type { Readings, WorkState } from '../http/work-metrics.ts';
import { createAgeReader } from '../store/index.ts';
import type { Parts } from './parts.ts';
import { version } from './release.ts';

/** What this process tells of itself in its metrics; `work` where it does background work. */
export function readingsOf({ deps, open, watchedAuthority }: Parts, work?: () => readonly WorkState[]): Readings {
  return {
    ages: createAgeReader(open.kysely, openFilingStates),
    usage: () => open.usage(),
    about: () => ({ version, migration: open.migration, policy: deps.policyFingerprint(dayOf(deps.clock.now())) }),
    authority: watchedAuthority,
    ...(work !== undefined && { work }),
  };
}
