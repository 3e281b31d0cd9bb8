import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { jobWords } from './words.ts';

type Failed = Pick<AnswerOf<'listJobs'>['jobs'][number], 'lastError' | 'lastFault'>;

/** Why something failed, in the language of the page; of what is no fault of ours the name, for the log. */
export function LastError({ lastError, lastFault }: Failed) {
  const { t, pick } = useText(jobWords);
  if (lastError === null) return '—';
  return (
    <span className="wrap" style={{ whiteSpace: 'normal' }}>
      {lastFault === null ? t.job.internalError(lastError) : pick(lastFault)}
      {lastFault !== null && <span className="faint mono"> {lastFault.code}</span>}
    </span>
  );
}
