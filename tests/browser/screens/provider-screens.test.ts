import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../../support/require-program.ts';
import { languages, lookAtScreen, openOnlooker } from './look-at-screens.ts';
import { providerScreens } from './screen-list.ts';
import { openScreenWorld, type ScreenWorld } from './screen-world.ts';

describe.skipIf(requireProgram('chromium') === null)('screens of the provider’s people', () => {
  let world: ScreenWorld;
  beforeAll(async () => {
    world = await openScreenWorld();
  }, 300_000);
  afterAll(() => world.testConsole.close());

  it.each(Object.entries(providerScreens))(
    'are as they should be for %s',
    async (login, screens) => {
      const visitor = await openOnlooker(world, login);
      const faults: Record<string, readonly string[]> = {};
      for (const screen of screens)
        for (const language of languages)
          Object.assign(faults, await lookAtScreen({ world, visitor }, screen, language));
      expect(faults).toEqual({});
      expect(visitor.complaints).toEqual([]);
    },
    // Half an hour where others have the processors, too; one minute by itself.
    1_800_000,
  );
});
