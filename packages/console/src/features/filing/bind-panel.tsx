import { filingKindTable } from '@openbeian/model/filing';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { codeWords } from '../code/words.ts';
import { useSession } from '../session/session-context.tsx';
import { BindDialog } from './bind-dialog.tsx';
import { filingWords } from './words.ts';

interface BindPanelProps {
  readonly filing: Filing;
  readonly editable: boolean;
}

/** What the service will be attached to: the resource or the code that is bound, and how to choose one. */
export function BindPanel({ filing, editable }: BindPanelProps) {
  const { t } = useText(filingWords);
  const [params] = useSearchParams();
  const [choosing, setChoosing] = useState(false);
  const bound = filing.codeId !== null || filing.resourceId !== null;
  // A change keeps the place that is on record.
  const isNeeded = filingKindTable[filing.kind].opens;
  return (
    <Panel
      title={t.filing.bind}
      actions={
        editable && (
          <WriteButton type={bound || !isNeeded ? 'default' : 'primary'} onClick={() => setChoosing(true)}>
            {bound ? t.filing.rebind : t.filing.bindAction}
          </WriteButton>
        )
      }
    >
      {bound ? (
        <Bound filing={filing} />
      ) : (
        <p className="soft">{isNeeded ? t.filing.bindLead : t.filing.bindToChange}</p>
      )}
      {choosing && <BindDialog filing={filing} preferred={params.get('resource')} onClose={() => setChoosing(false)} />}
    </Panel>
  );
}

function Bound({ filing }: { readonly filing: Filing }) {
  const { t } = useText(codeWords, filingWords);
  const { role } = useSession();
  const code = useAnswer('getCode', { params: { codeId: filing.codeId ?? '' } }, { enabled: filing.codeId !== null });
  if (filing.codeId !== null) {
    return (
      <dl className="facts">
        <div>
          <dt>{t.filing.boundCode}</dt>
          <dd className="mono">{code.data ? `•••• ${code.data.tail}` : filing.codeId}</dd>
        </div>
        {code.data && (
          <div>
            <dt>{t.code.issuer}</dt>
            <dd>
              <AccountName id={code.data.issuerAccountId} whole />
            </dd>
          </div>
        )}
        {filing.resourceId && (
          <div>
            <dt>{t.filing.resource}</dt>
            <dd className="mono">
              {role === 'customer' ? (
                filing.resourceId
              ) : (
                <Link to={`/resources/${encodeURIComponent(filing.resourceId)}`}>{filing.resourceId}</Link>
              )}
            </dd>
          </div>
        )}
      </dl>
    );
  }
  return (
    <dl className="facts">
      <div>
        <dt>{t.filing.boundResource}</dt>
        <dd className="mono">
          <Link to={`/resources/${encodeURIComponent(filing.resourceId ?? '')}`}>{filing.resourceId}</Link>
        </dd>
      </div>
    </dl>
  );
}
