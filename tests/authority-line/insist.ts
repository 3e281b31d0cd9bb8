import { setTimeout as pause } from 'node:timers/promises';
import { ProblemError } from '../../packages/contract/src/client.ts';

const mostTries = 20;

/** As a person does who is told to come again later, since the authority cannot be asked now. */
export const insist = <Result>(act: () => Promise<Result>): Promise<Result> =>
  again(act, { after: 'authority.unreachable', pauseMs: 200 });

/** As a person does who is told that it changed meanwhile: a killed worker's lease may have to end first. `act` looks once more. */
export const insistAnew = <Result>(act: () => Promise<Result>): Promise<Result> =>
  again(act, { after: 'object.changed', pauseMs: 2000 });

interface Again {
  readonly after: string;
  readonly pauseMs: number;
}

async function again<Result>(act: () => Promise<Result>, { after, pauseMs }: Again): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof ProblemError) || error.code !== after || tries === mostTries) throw error;
      await pause(pauseMs);
    }
  }
}
