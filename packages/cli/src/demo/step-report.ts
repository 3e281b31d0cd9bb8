/** Prints each step as it happens, and stops the story at the first one that is not as expected. */
export interface StepReport {
  chapter(zh: string, en: string): void;
  say(zh: string, en: string): void;
  /** @throws StoryError unless `holds`. */
  expect(holds: boolean, zh: string, en: string, found?: unknown): void;
}

/** The story did not go as expected; the demo ends non-zero. */
export class StoryError extends Error {
  override name = 'StoryError';
}

/** Writes lines to `write`, in Chinese or English. */
export function createStepReport(write: (line: string) => void, lang: 'zh' | 'en'): StepReport {
  const pick = (zh: string, en: string) => ({ zh, en })[lang];
  let chapter = 0;
  return {
    chapter: (zh, en) => {
      chapter += 1;
      write(`\n${chapter}. ${pick(zh, en)}`);
    },
    say: (zh, en) => write(`   · ${pick(zh, en)}`),
    expect: (holds, zh, en, found) => {
      write(`   ${holds ? '✓' : '✗'} ${pick(zh, en)}`);
      if (!holds) throw new StoryError(`${pick(zh, en)}${found === undefined ? '' : ` — ${JSON.stringify(found)}`}`);
    },
  };
}
