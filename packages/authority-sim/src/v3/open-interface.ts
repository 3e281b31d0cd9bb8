import type { AuthorityCore, CoreOptions } from '../core/authority-core.ts';
import { filingPasswordOf } from '../core/authority-core.ts';
import type { SimState } from '../core/sim-state.ts';
import { parseInput } from '../problem.ts';
import { CallLog } from './call-log.ts';
import { lookOver } from './look-over.ts';
import { type FaultName, Mischief } from './mischief.ts';
import { openPackageStore } from './package-store.ts';
import { isOpen, reviewEnd } from './review-time.ts';
import { openRules } from './rules.ts';
import { Sessions } from './session.ts';
import { defaultInterfaceUnit, type InterfaceUnit, interfaceUnitShape } from './units.ts';
import type { InterfaceWorld } from './world.ts';

export interface InterfaceOptions {
  /** Providers that the authority has admitted; `defaultInterfaceUnit` alone unless given. */
  readonly units?: readonly InterfaceUnit[];
  /** `province`: uploads are taken on working days, in hours of each province; `always` unless given. */
  readonly hours?: 'always' | 'province';
  /** Asks for the pictures that real authorities ask for, and applies the rules of provinces. Off unless given. */
  readonly strict?: boolean;
  /**
   * Reviews take a number of working days as the province has them; `dayMs` is how long one takes, null as long as in the calendar.
   * Unless given, they take `verdictAfterMs`.
   */
  readonly review?: { readonly dayMs: number | null };
  /** Faults that are never drawn, though still played where they are ordered; none unless given. */
  readonly undrawnFaults?: readonly FaultName[];
}

interface Base {
  readonly state: SimState;
  readonly seed: number;
  readonly calm: boolean;
  readonly now: () => string;
  readonly log: (line: string) => void;
  readonly dataDir: string | undefined;
}

/** What interface V3.0 adds to the core, and the world of its operations. */
export function openInterface(options: InterfaceOptions, { state, seed, calm, now, log, dataDir }: Base) {
  const rules = openRules();
  const { hours = 'always', strict = false, review, undrawnFaults = [] } = options;
  const units = (options.units ?? [defaultInterfaceUnit]).map((unit) => parseInput(interfaceUnitShape, unit));
  const filingPassword = (subjectNumber: string) => filingPasswordOf(seed, subjectNumber);
  const coreOptions: Pick<CoreOptions, 'lookOver' | 'reviewEnd'> = {
    lookOver: (submission, today) => lookOver(submission, { state, rules, today, strict, filingPassword }),
    ...(review && {
      reviewEnd: ({ id, provinceCode }, at) => reviewEnd(provinceCode, id, at, { rules, seed, dayMs: review.dayMs }),
    }),
  };
  const worldOf = (core: AuthorityCore): InterfaceWorld => ({
    core,
    rules,
    units,
    sessions: new Sessions(units),
    mischief: new Mischief({ seed, calm, now, undrawn: undrawnFaults }, log),
    packages: openPackageStore(dataDir),
    calls: new CallLog(),
    isOpen: (province) => hours === 'always' || isOpen(province, now(), { rules, seed }),
    nowMs: () => performance.now(),
  });
  return { coreOptions, worldOf };
}
