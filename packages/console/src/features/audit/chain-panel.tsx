import { auditDifferenceTexts } from '@openbeian/model/audit';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { auditWords } from './words.ts';

type Chain = AnswerOf<'getAuditChain'>;
type Check = NonNullable<Chain['verified']>;

/** Is the audit as it was written: up to which entry that was verified last and by whom, or where it differs. */
export function ChainPanel() {
  const { t } = useText(auditWords);
  const chain = useAnswer('getAuditChain', {}, { refreshMs: 60_000 });
  const check = useCommand('checkAuditChain');
  const { data } = chain;
  if (data === undefined) return null;
  const { underWay } = data;
  return (
    <Panel
      title={t.audit.chain.title}
      actions={
        <WriteButton
          size="small"
          disabled={underWay !== null}
          loading={check.isPending}
          onClick={() => check.mutate({ body: {} })}
        >
          {t.audit.chain.verify}
        </WriteButton>
      }
    >
      <Standing chain={data} />
      {underWay !== null && <Running check={underWay} />}
      <ProblemAlert error={check.error} />
    </Panel>
  );
}

/** Asks more often, since somebody waits for it. */
function Running({ check }: { readonly check: Check }) {
  const { t } = useText(auditWords);
  useAnswer('getAuditChain', {}, { refreshMs: 2_000 });
  return <p role="status">{t.audit.chain.running(check.throughSeal, check.upToSeal)}</p>;
}

function Standing({ chain: { last, unsealed, verified } }: { readonly chain: Chain }) {
  const { t, instant } = useText(auditWords);
  return (
    <>
      {verified === null ? <State tone="quiet">{t.audit.chain.never}</State> : <Verified check={verified} />}
      <div className="faint">{last === null ? t.audit.chain.notSealed : t.audit.chain.sealed(last.day, last.seal)}</div>
      {unsealed.late && <State tone="warn">{t.audit.chain.late(instant(unsealed.oldestAt))}</State>}
    </>
  );
}

function Verified({ check }: { readonly check: Check }) {
  const { t, pick, instant } = useText(auditWords);
  const { difference, endedAt, rows, throughSeal } = check;
  if (difference === null) {
    const by = check.askedByName ?? check.askedBy;
    return (
      <State tone="good">
        {t.audit.chain.whole(instant(endedAt), by, throughSeal)}
        {t.app.comma}
        {t.audit.chain.rows(rows)}
      </State>
    );
  }
  const { what, day, seal, row, after, before } = difference;
  const nameOf = (one: typeof row) => (one === null ? t.audit.chain.edge : `${one.id} (${instant(one.at)})`);
  const text =
    what === 'missing'
      ? auditDifferenceTexts.missing(nameOf(after), nameOf(before))
      : what === 'changed' || what === 'added' || what === 'words_changed'
        ? auditDifferenceTexts[what](nameOf(row))
        : auditDifferenceTexts[what];
  return (
    <>
      <State tone="bad">{t.audit.chain.altered(instant(endedAt))}</State>
      <p className="wrap">{t.app.labelled(t.audit.chain.where(day, seal), pick(text))}</p>
      <p className="faint">{t.audit.chain.advice}</p>
    </>
  );
}
