import type { FilingRow, LookUpName } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { currentAnswers } from './current-answers.ts';
import { questionOf } from './question-of.ts';

/**
 * From now on background work asks what this deployment asks about a filing: all of it, or only what has no answer about the present
 * form that is still good. Where nobody is asked nothing is written.
 * @returns what is asked
 */
export async function wantLookUps(
  step: Step,
  filing: FilingRow,
  which: 'all' | 'missing',
): Promise<readonly LookUpName[]> {
  const { deps, tx, at } = step;
  const all = deps.lookUps.ports.map(({ name }) => name);
  if (all.length === 0 || questionOf(deps, filing, at) === null) return [];
  const known = which === 'all' ? [] : await currentAnswers(step, filing);
  const names = all.filter((name) => !known.some((one) => one.name === name && one.answer.state === 'answered'));
  if (names.length > 0) await tx.lookUps.want(filing.id, names, at);
  return names;
}
