import { maskedMail } from '../command/masked-mail.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { readNoticeMail } from './notice-mail.ts';

/** Where the caller's account has its notices mailed to. */
export const getNoticeMail = query({ id: 'getNoticeMail', faults: [] }, async (step: Step) => {
  const { enabled, addresses } = await readNoticeMail(step, ownAccount(step.actor));
  return { enabled, addresses: step.actor.support === true ? addresses.map(maskedMail) : addresses };
});
