import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../../packages/contract/src/client.ts';

const mostTries = 20;

/** As a person does who is told to come again later, since the authority cannot be asked now. */
export async function insist<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const isAway = error instanceof ProblemError && error.code === 'authority.unreachable';
      if (!isAway || tries === mostTries) throw error;
      await pause(200);
    }
  }
}
