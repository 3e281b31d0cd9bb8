import { Fault } from '@openbeian/model/fault';
import type { CheckContext } from '@openbeian/model/forms';
import type { FilingRow, LookUpName, LookUpRow } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import type { Step } from '../command/step.ts';
import { aboutTexts, questionOf } from './question-of.ts';

const msPerHour = 3_600_000;

export interface CurrentAnswer {
  readonly name: LookUpName;
  readonly answer: NonNullable<LookUpRow['answer']>;
}

/** Until when what was said is used; null where nobody was asked. */
export function goodUntil({ lookUps }: FlowDeps, { name, answer }: Pick<LookUpRow, 'name' | 'answer'>): string | null {
  if (answer === null || answer.askedAt === null) return null;
  return new Date(Date.parse(answer.askedAt) + lookUps.validHours[name] * msPerHour).toISOString();
}

/** Is that what the present form would be asked about, under any of the keys? */
export function isAboutForm({ deps, at }: Pick<Step, 'deps' | 'at'>, filing: FilingRow, { about }: LookUpRow): boolean {
  const question = about === null ? null : questionOf(deps, filing, at);
  return question !== null && about !== null && aboutTexts(deps, filing.id, question).includes(about);
}

/** What was said about the present form and is still good. */
export async function currentAnswers(step: Step, filing: FilingRow): Promise<CurrentAnswer[]> {
  const { deps, tx, at } = step;
  return (await tx.lookUps.list(filing.id)).flatMap((row) => {
    const until = goodUntil(deps, row);
    if (row.answer === null || until === null || until <= at || !isAboutForm(step, filing, row)) return [];
    return [{ name: row.name, answer: row.answer }];
  });
}

/** The context with what services outside said about the present form and is still good; the same one where that is nothing. */
export async function withFactsFromOutside(step: Step, filing: FilingRow, own: CheckContext): Promise<CheckContext> {
  // Nobody is asked before it is submitted.
  const answers = filing.reviewRound === 0 ? [] : await currentAnswers(step, filing);
  // What cannot be read is not known.
  const facts = answers.flatMap(({ answer }) => (answer.facts instanceof Fault ? [] : [answer.facts]));
  if (facts.every((one) => Object.keys(one).length === 0)) return own;
  const said = facts.reduce((all, one) => ({ ...all, ...one }), {});
  return { ...own, known: { ...said, ...own.known } };
}
