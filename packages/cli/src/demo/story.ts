import { evaluateInventory, fileAndOpen, fillAndSubmit, issueAndGrant, review } from './main-line.ts';
import { givenUp, rejected, runsOut, smsRunsOut } from './other-endings.ts';
import type { StepReport } from './step-report.ts';
import type { World } from './world.ts';

/**
 * The main job, from a server to a filing number to an open name, and the other endings.
 * @param movable whether the world's clock can be moved: only then can 24 hours pass.
 * @throws StoryError at the first thing that is not as expected.
 */
export async function runStory(world: World, steps: StepReport, movable: boolean): Promise<void> {
  await evaluateInventory(world, steps);
  const code = await issueAndGrant(world, steps);
  const submitted = await fillAndSubmit(world, steps, code.clear);
  const passed = await review(world, steps, submitted);
  await fileAndOpen(world, steps, passed, code);
  const spare = await givenUp(world, steps);
  await runsOut(world, steps, spare);
  await rejected(world, steps, spare);
  if (movable) await smsRunsOut(world, steps, spare);
}
