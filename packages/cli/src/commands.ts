import type { Command } from 'commander';
import { registerAuthoritySim } from './authority-sim/authority-sim.ts';
import { registerCheck } from './check/check.ts';
import { registerCodes } from './codes/codes.ts';
import { registerDemo } from './demo/demo.ts';
import { registerFilings } from './filing/filings.ts';
import { registerNumber } from './filing/number.ts';
import { registerPrecheck } from './filing/precheck.ts';
import { registerRoute } from './filing/route.ts';
import { registerGate } from './gate/gate.ts';
import { registerImport } from './inventory/import.ts';
import { registerSync } from './inventory/sync.ts';
import { registerPlan } from './plan/plan.ts';
import { registerPolicy } from './policy/policy.ts';
import { registerRecords } from './records/records.ts';
import { registerStart } from './start/start.ts';
import { registerWork } from './work/work.ts';

/** Every command of `openbeian`; each is in the folder of its subject, beside its reports, and registers itself here. */
export function registerCommands(program: Command): void {
  registerAuthoritySim(program);
  registerCheck(program);
  registerCodes(program);
  registerDemo(program);
  registerFilings(program);
  registerGate(program);
  registerImport(program);
  registerNumber(program);
  registerPolicy(program);
  registerPlan(program);
  registerPrecheck(program);
  registerRecords(program);
  registerRoute(program);
  registerStart(program);
  registerSync(program);
  registerWork(program);
}
