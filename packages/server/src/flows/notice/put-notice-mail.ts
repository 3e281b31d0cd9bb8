import { z } from 'zod';
import { recordAudit } from '../command/audit.ts';
import { type CommandRequest, onceForKeyPresenting } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { readNoticeMail, sealAddresses } from './notice-mail.ts';

/** Sets the addresses; none ends the mails. Addresses are personal: they are not stored under the idempotency key. */
export const putNoticeMail = commandInParts(
  { id: 'putNoticeMail', faults: [] },
  (request: CommandRequest, input: { readonly addresses: readonly string[] }) => {
    const account = ownAccount(request.actor);
    return onceForKeyPresenting(
      request,
      input,
      async (step) => {
        const addresses = [...new Set(input.addresses)];
        const sealed = addresses.length === 0 ? null : sealAddresses(step.deps, account, addresses);
        await step.tx.notices.putMail(account, sealed, step.at);
        await recordAudit(step, 'NoticeMailSet', { kind: 'account', id: account }, { addresses: addresses.length });
        return {};
      },
      { stored: z.object({}), present: (step) => readNoticeMail(step, account) },
    );
  },
);
