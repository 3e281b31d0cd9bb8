import type { AuthorityCore } from '../core/authority-core.ts';
import type { CallLog } from './call-log.ts';
import type { Mischief } from './mischief.ts';
import type { PackageStore } from './package-store.ts';
import type { SimRules } from './rules.ts';
import type { Sessions } from './session.ts';
import type { InterfaceUnit } from './units.ts';

/** Everything that the operations of interface V3.0 work with. */
export interface InterfaceWorld {
  readonly core: AuthorityCore;
  readonly rules: SimRules;
  readonly units: readonly InterfaceUnit[];
  readonly sessions: Sessions;
  readonly mischief: Mischief;
  readonly packages: PackageStore;
  readonly calls: CallLog;
  /** Does the province take uploads now? */
  readonly isOpen: (province: string) => boolean;
  /** A clock that only goes forward, in ms. */
  readonly nowMs: () => number;
}
