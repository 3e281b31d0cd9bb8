import { afterAll, afterEach, beforeAll } from 'vitest';
import type { Store } from '../../../ports/index.ts';
import { type LineParts, type LineWorld, lineWorld } from './line-world.ts';

interface WorldsParts extends Omit<LineParts, 'store' | 'unit'> {
  /** A blank database, for all tests of the file. */
  readonly open: () => Promise<{ readonly store: Store; close(): Promise<void> }>;
}

/** Makes the worlds of one file of tests: each has a unit of its own, and is closed after its test. */
export function lineWorlds({ open, ...parts }: WorldsParts): () => Promise<LineWorld> {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  const worlds: LineWorld[] = [];
  afterEach(async () => {
    for (const { there } of worlds.splice(0)) await there.close();
  });
  let unit = 7000;
  return async () => {
    unit += 1;
    const made = await lineWorld({ ...parts, store: opened.store, unit });
    worlds.push(made);
    return made;
  };
}
