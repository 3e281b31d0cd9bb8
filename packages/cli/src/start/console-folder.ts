import { type BuildOptions, ConsoleNotBuilt, ensureConsoleBuilt } from '@openbeian/console/build';
import { Fault } from '@openbeian/model/fault';

/** The folder of the built console. @throws Fault `config.invalid` where it cannot be built, saying what to do */
export async function consoleFolder(options?: BuildOptions): Promise<string> {
  try {
    return await ensureConsoleBuilt(options);
  } catch (error) {
    if (!(error instanceof ConsoleNotBuilt)) throw error;
    const { folder, zh, en } = error;
    throw new Fault('config.invalid', { places: [{ path: folder, expected: en, expectedZh: zh }], cause: error });
  }
}
