import { fileAndOpen, fillAndSubmit, issueAndGrant, judgeInventory, review } from './main-line.ts';
import { givenUp, rejected, runsOut, smsRunsOut } from './other-endings.ts';
import type { Teller } from './teller.ts';
import type { World } from './world.ts';

/**
 * The main job, from a server to a filing number to an open name, and the other endings.
 * @param movable whether the world's clock can be moved: only then can 24 hours pass.
 * @throws StoryError at the first thing that is not as expected.
 */
export async function tellStory(world: World, tell: Teller, movable: boolean): Promise<void> {
  await judgeInventory(world, tell);
  const code = await issueAndGrant(world, tell);
  const submitted = await fillAndSubmit(world, tell, code.clear);
  const passed = await review(world, tell, submitted);
  await fileAndOpen(world, tell, passed, code);
  const spare = await givenUp(world, tell);
  await runsOut(world, tell, spare);
  await rejected(world, tell, spare);
  if (movable) await smsRunsOut(world, tell, spare);
}
