import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ReasonField } from '../../parts/reason-field.tsx';
import { authorityWords } from './words.ts';

interface SettleManyProps {
  readonly rows: AnswerOf<'listAuthorityCases'>['cases'];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Cases about which nothing else has to be done, with one reason for all of them. */
export function SettleManyDialog({ rows, onDone, onClose }: SettleManyProps) {
  const { t, word } = useText(authorityWords);
  const message = useMessage();
  const settle = useCommand('settleAuthorityCases');
  const counts = new Map<string, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const send = ({ reason }: { readonly reason: string }) =>
    settle.mutate(
      { body: { caseIds: rows.map(({ id }) => id), reason: reason.trim() } },
      {
        onSuccess({ settled, left }) {
          message.success(t.line.settledMany(settled, left));
          onDone();
        },
      },
    );
  return (
    <FormDialog<{ readonly reason: string }>
      title={t.line.settlePicked(rows.length)}
      lead={t.line.settleManyLead}
      okText={t.line.settle}
      pending={settle.isPending}
      error={settle.error}
      onSend={send}
      onClose={onClose}
    >
      <ul className="soft" style={{ margin: '0 0 16px', paddingInlineStart: 18 }}>
        {[...counts].map(([kind, count]) => (
          <li key={kind}>{t.line.counted(word(t.line.kinds, kind), String(count))}</li>
        ))}
      </ul>
      <ReasonField />
    </FormDialog>
  );
}
