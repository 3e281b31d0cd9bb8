import { type VerificationReason, verificationReasonIds, verificationReasons } from '@openbeian/model/verification';
import { Form, Input, Segmented, Select } from 'antd';
import type { InputOf } from '../../api/client.ts';
import type { Filing, VerifiedPerson } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { verificationWords } from './words.ts';

interface Decision {
  readonly way: 'sheet' | 'in_person';
  readonly outcome: 'passed' | 'failed';
  readonly reason?: VerificationReason;
  readonly comment?: string;
}

interface DecideDialogProps {
  readonly filing: Filing;
  readonly person: VerifiedPerson;
  readonly onClose: () => void;
}

const inputOf = (
  filing: Filing,
  { role }: VerifiedPerson,
  { way, outcome, reason, comment = '' }: Decision,
): InputOf<'decideVerification'> => ({
  params: { filingId: filing.id },
  body: {
    version: filing.version,
    role,
    way,
    outcome,
    comment,
    ...(outcome === 'failed' && reason !== undefined && { reason }),
  },
});

/** A reviewer's decision about somebody's identity. */
export function DecideDialog({ filing, person, onClose }: DecideDialogProps) {
  const { t, pick } = useText(verificationWords);
  const message = useMessage();
  const decide = useCommand('decideVerification');
  const [form] = Form.useForm<Decision>();
  const outcome = Form.useWatch('outcome', form) ?? 'passed';
  const send = (decision: Decision) =>
    decide.mutate(inputOf(filing, person, decision), {
      onSuccess: () => {
        message.success(t.verification.saved);
        onClose();
      },
    });
  return (
    <FormDialog<Decision>
      title={`${t.verification.decide} · ${pick(person.roleText)} ${person.name}`}
      lead={t.verification.decideLead}
      okText={t.verification.save}
      pending={decide.isPending}
      error={decide.error}
      form={form}
      initialValues={{ way: person.fallback === 'in_person' ? 'in_person' : 'sheet', outcome: 'passed' }}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item name="way" label={t.verification.way}>
        <Segmented
          options={(['sheet', 'in_person'] as const).map((value) => ({ value, label: t.verification.ways[value] }))}
        />
      </Form.Item>
      <Form.Item name="outcome" label={t.verification.outcome}>
        <Segmented
          options={(['passed', 'failed'] as const).map((value) => ({ value, label: t.verification.outcomes[value] }))}
        />
      </Form.Item>
      {outcome === 'failed' && (
        <Form.Item
          name="reason"
          label={t.verification.reason}
          rules={[{ required: true, message: t.verification.reasonRequired }]}
        >
          <Select
            options={verificationReasonIds.map((value) => ({ value, label: pick(verificationReasons[value]) }))}
          />
        </Form.Item>
      )}
      <Form.Item name="comment" label={t.verification.commentField}>
        <Input.TextArea count={{ show: true, max: 500 }} autoSize={{ minRows: 2, maxRows: 6 }} />
      </Form.Item>
    </FormDialog>
  );
}
