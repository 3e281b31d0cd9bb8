export { type ManualClock, manualClock, type SimClock } from './clock.ts';
export { Director as ConformanceDirector } from './conformance/director.ts';
export type { Report as ConformanceReport } from './conformance/judge.ts';
export { createSimControls, type SimControls } from './control/client.ts';
export { type SeedRecordsInput, seedRecordsShape } from './control/seed-records-shape.ts';
export { filingPasswordOf, SimRefusal } from './core/authority-core.ts';
export { DirectoryInUseError } from './core/directory-lock.ts';
export { JournalError } from './core/journal.ts';
export { durationMs } from './duration.ts';
export { SimProblem } from './problem.ts';
export {
  type AuthoritySim,
  type AuthoritySimOptions,
  defaultSimSecret,
  startAuthoritySim,
} from './start-authority-sim.ts';
export type { InterfaceOptions } from './v3/open-interface.ts';
export { defaultInterfaceUnit, type InterfaceUnit } from './v3/units.ts';
