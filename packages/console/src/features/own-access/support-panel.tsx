import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { SupportHistory } from '../support/support-history.tsx';
import { supportWords } from '../support/words.ts';

/** Customers see who of the provider looked at their account. */
export function SupportPanel() {
  const { t } = useText(supportWords);
  return (
    <Panel title={t.support.history} flush>
      <p className="soft below">{t.support.historyLead}</p>
      <SupportHistory />
    </Panel>
  );
}
