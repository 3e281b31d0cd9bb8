import { isWithCustomer } from '@openbeian/model/filing';
import type { Filing } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { filingTone } from './progress.ts';
import { filingWords } from './words.ts';

export function FilingState({ filing, pill = false }: { readonly filing: Filing; readonly pill?: boolean }) {
  const { pick } = useText();
  return (
    <State tone={filingTone(filing.state)} pill={pill}>
      {pick(filing.stateText)}
    </State>
  );
}

/** Who has to act next; a customer is told “you”. The SMS is the authority's, but confirming it is the customer's. */
export function Owner({ filing }: { readonly filing: Filing }) {
  const { t } = useText(filingWords);
  const { role, accountId } = useSession();
  const { owners } = t.filing;
  const sms = filing.state === 'awaiting_sms';
  const isMine = role === 'customer' && filing.accountId === accountId;
  // A reviewer who asks leaves the filing in its state, with the customer.
  if (isMine && (isWithCustomer(filing.state) || filing.owner === 'customer')) return <>{owners.you}</>;
  return <>{sms ? owners.customerSms : owners[filing.owner]}</>;
}
