import { useState } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { ContestDialog } from '../contest/contest-dialog.tsx';
import { nameProofWords } from './name-proof-words.ts';

type NameProof = NonNullable<AnswerOf<'getFiling'>['nameProof']>;

interface NameProofPanelProps {
  readonly filing: Filing;
  readonly proof: NameProof;
}

/** Shows that the domain is the account's, so that no other account files it in the meantime. */
export function NameProofPanel({ filing, proof }: NameProofPanelProps) {
  const { t, instant } = useText(nameProofWords);
  const message = useMessage();
  const [contesting, setContesting] = useState(false);
  const ask = useCommand('askNameProof');
  const check = useCommand('checkNameProof');
  const input = { params: { filingId: filing.id }, body: {} };
  const look = () => check.mutate(input, { onSuccess: () => message.success(t.proof.done) });
  const { record, provenUntil } = proof;
  return (
    <Panel title={t.proof.title}>
      <div className="stack">
        {provenUntil !== null ? (
          <p className="state good long">{t.proof.proven(instant(provenUntil))}</p>
        ) : (
          <p className="soft">{t.proof.lead}</p>
        )}
        {record !== null && provenUntil === null && <ProofRecord record={record} />}
        <ProblemAlert error={ask.error ?? check.error} />
        <div className="row">
          {provenUntil === null && record === null && (
            <WriteButton loading={ask.isPending} onClick={() => ask.mutate(input)}>
              {t.proof.ask}
            </WriteButton>
          )}
          {provenUntil === null && record !== null && (
            <WriteButton loading={check.isPending} onClick={look}>
              {t.proof.check}
            </WriteButton>
          )}
          <WriteButton type="link" style={{ paddingInline: 0 }} onClick={() => setContesting(true)}>
            {t.proof.contest}
          </WriteButton>
          <Link to="/contests">{t.proof.ownContests}</Link>
        </div>
      </div>
      {contesting && <ContestDialog filing={filing} onClose={() => setContesting(false)} />}
    </Panel>
  );
}

function ProofRecord({ record }: { readonly record: NonNullable<NameProof['record']> }) {
  const { t, instant } = useText(nameProofWords);
  const parts = [
    [t.proof.host, record.host],
    [t.proof.value, record.value],
  ] as const;
  return (
    <>
      <dl className="facts">
        <div>
          <dt>{t.proof.type}</dt>
          <dd>TXT</dd>
        </div>
        {parts.map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="row">
              <span className="mono wrap">{text}</span>
              <CopyButton text={text} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="faint">{t.proof.until(instant(record.until))}</p>
    </>
  );
}
