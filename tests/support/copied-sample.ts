import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '@openbeian/authority-sim';
import { createLogger, openSampleDeployment, type SampleDeployment, type SampleOptions } from '@openbeian/server/main';
import { inject } from 'vitest';

export interface CopiedSampleOptions
  extends Pick<SampleOptions, 'clock' | 'withHistory' | 'byHand' | 'verification' | 'consoleFolder'> {
  /** Where filled ones are kept: the folder of this run of the tests, unless a bench gives one of its own. */
  readonly runFolder?: string;
}

/**
 * The sample deployment with a calm authority, in a folder of its own: a copy of one that this run of the tests filled once for the
 * same options. Filling takes seven seconds of a processor with the past, a copy one, and each test of the console has its own.
 */
export async function openCopiedSample(options: CopiedSampleOptions): Promise<SampleDeployment> {
  const folder = await mkdtemp(join(tmpdir(), 'openbeian-copied-'));
  try {
    await cp(await filledSample(options), folder, { recursive: true });
    const deployment = await open(options, folder);
    const close = async () => {
      await deployment.close();
      await rm(folder, { recursive: true, force: true });
    };
    return { ...deployment, close };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Folder of the closed one; whoever needs it first fills it. */
async function filledSample(options: CopiedSampleOptions): Promise<string> {
  const { clock, withHistory = false, byHand = false, runFolder = inject('runFolder') } = options;
  const at = clock?.now();
  const of = [at ?? 'now', withHistory ? 'past' : 'new', byHand ? 'by-hand' : 'line'].join('-').replaceAll(':', '');
  const folder = join(runFolder, of);
  if (existsSync(folder)) return folder;
  const own = await mkdtemp(`${folder}-`);
  await (await open({ withHistory, byHand, ...(at !== undefined && { clock: manualClock(at) }) }, own)).close();
  // Another process may have filled one meanwhile: either will do.
  await rename(own, folder).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    await rm(own, { recursive: true, force: true });
  });
  return folder;
}

const open = (options: CopiedSampleOptions, dataDir: string): Promise<SampleDeployment> =>
  openSampleDeployment({
    calm: true,
    logger: createLogger('error', process.stderr),
    knowsConsole: true,
    ...options,
    dataDir,
  });
