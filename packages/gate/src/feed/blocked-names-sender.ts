import type { BlockedReport } from '../blocked/blocked-reports.ts';
import type { GateConfig } from '../config.ts';
import { codeOf } from './control-plane.ts';

const answerWithinMs = 30_000;

type Log = (level: 'info' | 'error', event: string, fields: Record<string, string | number>) => void;

/**
 * Sends reports of blocked names to the control plane. True: it has counted the report, or refuses it for good. Trouble is noted once; the
 * report is sent again with the next one.
 */
export function blockedNamesSender(
  { controlUrl, token }: Pick<GateConfig, 'controlUrl' | 'token'>,
  stopping: AbortSignal,
  log: Log,
): (report: BlockedReport) => Promise<boolean> {
  const url = `${controlUrl.replace(/\/+$/, '')}/api/v1/gate/blocked-names`;
  let trouble = '';
  const noted = (why: string) => {
    if (why !== trouble && why !== '') log('error', 'blocked_names_not_reported', { why });
    trouble = why;
    return why === '';
  };
  return async (report) => {
    if (stopping.aborted) return false;
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(report),
        signal: AbortSignal.any([stopping, AbortSignal.timeout(answerWithinMs)]),
        redirect: 'error',
      });
      await answer.body?.cancel();
      if (answer.ok) return noted('');
      noted(`status_${answer.status}`);
      return answer.status === 400 || answer.status === 413;
    } catch (error) {
      return stopping.aborted ? false : noted(codeOf(error));
    }
  };
}
