import type { Decision, Resource } from '../../api/shapes.ts';

type Reasons = Decision['reasons'];

const sameAs = (one: Reasons[number]) => (other: Reasons[number]) =>
  one.code === other.code && one.message.en === other.message.en && one.remedy?.en === other.remedy?.en;

/** Reasons that stand against filing and against issuing alike, which are said once, and those of each alone. */
export function splitReasons({ file, issue }: Pick<Resource['check'], 'file' | 'issue'>) {
  const isOfBoth = (reason: Reasons[number]) => file.reasons.some(sameAs(reason)) && issue.reasons.some(sameAs(reason));
  return {
    both: file.reasons.filter(isOfBoth),
    file: file.reasons.filter((reason) => !isOfBoth(reason)),
    issue: issue.reasons.filter((reason) => !isOfBoth(reason)),
  };
}
