import { manualClock } from '@openbeian/authority-sim';
import { createLogger, openSampleDeployment, type SampleDeployment } from '@openbeian/server/main';
import { createHttpWorld } from './http-world.ts';
import { createStepReport, StoryError } from './step-report.ts';
import { runStory } from './story.ts';
import { demoWords } from './words.ts';
import type { World } from './world.ts';

export interface DemoOptions {
  readonly lang: 'zh' | 'en';
  readonly seed: number;
  readonly calm: boolean;
  readonly write: (line: string) => void;
}

/**
 * Runs the story on a deployment of its own, in memory, on free loopback ports, with a clock that is moved by hand.
 * @returns the exit status: 0 when every step was as expected, 1 otherwise.
 */
export async function runDemo({ lang, seed, calm, write }: DemoOptions): Promise<number> {
  const startedMs = performance.now();
  const clock = manualClock(new Date().toISOString());
  const logger = createLogger('silent');
  const deployment = await openSampleDeployment({ dataDir: null, clock, seed, calm, logger });
  try {
    write(demoWords.opened(deployment)[lang]);
    await runStory(sampleWorld(deployment), createStepReport(write, lang), true);
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    write(demoWords.asExpected(seconds)[lang]);
    return 0;
  } catch (error) {
    if (!(error instanceof StoryError)) throw error;
    write(demoWords.notAsExpected(error.message)[lang]);
    return 1;
  } finally {
    await deployment.close();
  }
}

/** The story's world on a sample deployment. */
function sampleWorld(deployment: SampleDeployment): World {
  const loginOf = (login: string) => {
    const found = deployment.logins.find((one) => one.login === login);
    if (found === undefined) throw new Error(`the sample deployment has no login ${login}`);
    return { login, password: found.password };
  };
  return createHttpWorld({
    serverUrl: () => deployment.url,
    gateUrl: deployment.gateUrl,
    simUrl: deployment.authorityUrl,
    logins: {
      company: loginOf('xinghe'),
      individual: loginOf('individual'),
      reviewer: loginOf('reviewer'),
      operator: loginOf('operator'),
    },
    accounts: { company: 'acct-xinghe', individual: 'acct-individual' },
    takenSiteName: deployment.takenSiteName,
    rest: () => deployment.rest(),
    advance: (byMs) => deployment.advance(byMs),
  });
}
