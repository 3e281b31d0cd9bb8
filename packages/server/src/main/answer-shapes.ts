import { operations } from '@openbeian/contract';
import type { FlowDeps } from '../flows/command/deps.ts';

/** What the contract says that answers are like. Workers do without: the shapes of all operations are 7 MB. */
export const answerShapes: NonNullable<FlowDeps['answerShapes']> = Object.fromEntries(
  Object.values(operations).map(({ id, answer }) => [id, answer]),
);
