import { Form, Input, Radio } from 'antd';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import type { Contest } from './contest.ts';
import { contestWords } from './words.ts';

interface DecideDialogProps {
  readonly contest: Contest;
  readonly onClose: () => void;
}

/** An operator's decision, with the reasons that both sides read. */
export function DecideDialog({ contest, onClose }: DecideDialogProps) {
  const { t } = useText(contestWords);
  const decide = useCommand('decideContest');
  return (
    <FormDialog<{ decision: 'upheld' | 'dismissed'; reasons: string }>
      title={`${t.contest.decide} · ${contest.domainName}`}
      lead={t.contest.decideLead}
      okText={t.contest.decide}
      pending={decide.isPending}
      error={decide.error}
      onSend={({ decision, reasons }) =>
        decide.mutate(
          { params: { contestId: contest.id }, body: { decision, reasons: reasons.trim() } },
          { onSuccess: onClose },
        )
      }
      onClose={onClose}
    >
      <dl className="facts" style={{ marginBottom: 20 }}>
        <div>
          <dt>{t.contest.contestant}</dt>
          <dd>{contest.sides?.nameProven ? t.contest.proven : t.contest.unproven}</dd>
        </div>
        <div>
          <dt>{t.contest.holder}</dt>
          <dd>{contest.sides?.holderNameProven ? t.contest.proven : t.contest.unproven}</dd>
        </div>
        <div style={{ gridColumn: '1 / -1' }}>
          <dt>{t.contest.statement}</dt>
          <dd className="wrap">{contest.statement ?? t.contest.statementUnreadable}</dd>
        </div>
      </dl>
      <Form.Item name="decision" label={t.contest.decision} rules={[{ required: true, message: t.app.required }]}>
        <Radio.Group
          options={(['upheld', 'dismissed'] as const).map((value) => ({ value, label: t.contest.decisions[value] }))}
        />
      </Form.Item>
      <Form.Item
        name="reasons"
        label={t.contest.reasons}
        rules={[{ required: true, whitespace: true, min: 5, message: t.contest.reasonsTooShort }]}
      >
        <Input.TextArea rows={4} count={{ show: true, max: 1000 }} />
      </Form.Item>
    </FormDialog>
  );
}
