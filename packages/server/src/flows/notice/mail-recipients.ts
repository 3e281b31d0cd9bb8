import type { DueMail, MailedPerson, NoticeChoice } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { mailOf } from '../person/person-view.ts';
import { groupOf, languageOf, mailedGroups } from './notice-choice.ts';
import { addressesIn } from './notice-mail.ts';
import { readerOf } from './notice-reader.ts';

/**
 * Who is mailed a notice now, each address once: those that the account gave, in both languages, and its people, as each chose. Of the
 * provider's notices its people alone.
 */
export async function recipientsOf(
  deps: FlowDeps,
  notice: DueMail['notice'],
  sealed: string | null,
): Promise<ReadonlyMap<string, NoticeChoice['language']>> {
  const { accountId } = notice;
  const recipients = new Map<string, NoticeChoice['language']>();
  if (accountId !== null && sealed !== null)
    for (const address of addressesIn(deps, accountId, sealed)) recipients.set(address, 'both');
  const people = await inWorkerTransaction(deps, ({ tx }) => tx.notices.listMailed(accountId));
  for (const person of people.filter((one) => isTold(one, notice))) {
    const { userId, sealedMail, chosen } = person;
    recipients.set(mailOf(deps, userId, sealedMail), languageOf(chosen));
  }
  return recipients;
}

/** Does this person read such notices, and want them by mail? */
function isTold({ userId, role, chosen }: MailedPerson, { accountId, type }: DueMail['notice']): boolean {
  const { types } = readerOf({ userId, role, accountId });
  return (types === undefined || types.includes(type)) && mailedGroups(role, chosen).includes(groupOf(type));
}
