import type { Command } from 'commander';
import { registerAuthoritySim } from './authority-sim.ts';
import { registerCheck } from './check.ts';
import { registerCodes } from './codes.ts';
import { registerDemo } from './demo.ts';
import { registerGate } from './gate.ts';
import { registerImport } from './import.ts';
import { registerNumber } from './number.ts';
import { registerPlan } from './plan.ts';
import { registerPolicy } from './policy.ts';
import { registerRecords } from './records.ts';
import { registerRoute } from './route.ts';
import { registerStart } from './start.ts';
import { registerSync } from './sync.ts';

/** Every command of `openbeian`; each lives in a file of its own in this folder and registers itself here. */
export function registerCommands(program: Command): void {
  registerAuthoritySim(program);
  registerCheck(program);
  registerCodes(program);
  registerDemo(program);
  registerGate(program);
  registerImport(program);
  registerNumber(program);
  registerPolicy(program);
  registerPlan(program);
  registerRecords(program);
  registerRoute(program);
  registerStart(program);
  registerSync(program);
}
