import type { AuthorityLoss, HandOverJob } from '../../ports/index.ts';
import { lossViewOf } from '../authority/list-losses.ts';
import type { Actor } from '../command/call.ts';

/** What somebody who waits for a number reads: never an error, and that nothing is to be done. */
const texts = {
  begins: { zh: '正在提交管局。', en: 'It is being sent to the authority.' },
  again: {
    zh: '管局系统暂时没有接收，系统会自动重新提交，您无需操作。',
    en: 'The authority has not taken it yet; it is sent again automatically, and you need not do anything.',
  },
  parked: {
    zh: '提交管局时遇到问题，工作人员正在处理，您无需操作。',
    en: 'Sending it to the authority met a problem that staff are working on; you need not do anything.',
  },
};

/**
 * How the hand-over of a filing goes: in plain words for everybody, and its job for the provider's people.
 * @param losses for which whoever asks may have it entered by hand instead
 */
export function handOverViewOf(job: HandOverJob | null, { role }: Actor, losses: readonly AuthorityLoss[] = []) {
  if (job === null) return null;
  const { id, attempts, nextAt, lastError, lastFault } = job;
  const text = nextAt === null ? texts.parked : lastError === null ? texts.begins : texts.again;
  return {
    text,
    job:
      role === 'customer' ? null : { id, attempts, nextAt, lastError, lastFault, notCarried: losses.map(lossViewOf) },
  };
}
