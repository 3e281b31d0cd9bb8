import type { Outcomes } from './account-evaluator.ts';

/** What a list or a count of resources is narrowed to by what is decided about them. */
export type Shown = 'all' | 'file' | 'issue' | 'blocked';

export const isShown: Readonly<Record<Shown, (outcomes: Outcomes) => boolean>> = {
  all: () => true,
  file: ({ file }) => file === 'eligible',
  issue: ({ issue }) => issue === 'eligible',
  blocked: ({ file, issue }) =>
    [file, issue].some((outcome) => outcome === 'ineligible' || outcome === 'indeterminate'),
};
