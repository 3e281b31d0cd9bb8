import { openStore } from '../engine/open-store.ts';
import { worldOf } from './world.ts';

/**
 * A process to be killed: issues codes on the embedded database in the directory of argv[2] (argv[3] names the run),
 * and prints each command's ids in one line once they are acknowledged.
 */
const [, , dataDir = '', round = ''] = process.argv;
const open = await openStore({ dataDir });
const world = worldOf(open, `r${round}`);
const resource = await world.resource(await world.account());
// Several at once and of several sizes, so that a kill finds statements at every stage.
const issue = async (count: number): Promise<never> => {
  for (;;) {
    const ids = await world.issue(resource, { count, capacity: 1_000_000 });
    process.stdout.write(`${ids.join(' ')}\n`);
  }
};
await Promise.all([issue(1), issue(2), issue(20)]);
