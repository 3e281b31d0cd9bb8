import { Form, Input, Radio, Select } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { actWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

interface Values {
  readonly field: string;
  readonly comment: string;
  readonly demandedBy: 'provider' | 'authority';
  readonly dueOn?: string;
}

/** The provider's people say what of a record is to be put right, and by when. */
export function DemandDialog({ record, onClose }: { readonly record: FilingRecord; readonly onClose: () => void }) {
  const { t, pick } = useText(actWords);
  const message = useMessage();
  const demand = useCommand('demandCorrection');
  const done = () => {
    message.success(t.demand.made);
    onClose();
  };
  const required = [{ required: true, message: t.app.required }];
  return (
    <FormDialog<Values>
      title={`${t.demand.make} · ${record.domainName || record.serviceName}`}
      lead={t.demand.makeLead}
      okText={t.demand.make}
      pending={demand.isPending}
      error={demand.error}
      initialValues={{ demandedBy: 'provider' }}
      onSend={({ field, comment, demandedBy, dueOn }) =>
        demand.mutate(
          {
            body: {
              serviceNumber: record.serviceNumber,
              demandedBy,
              ...(dueOn ? { dueOn } : {}),
              items: [{ field, comment: comment.trim() }],
            },
          },
          { onSuccess: done },
        )
      }
      onClose={onClose}
    >
      <Form.Item name="field" label={t.demand.field} rules={required}>
        <Select
          options={Object.entries(actWords.demand.fields).map(([value, label]) => ({ value, label: pick(label) }))}
        />
      </Form.Item>
      <Form.Item
        name="comment"
        label={t.demand.comment}
        rules={[{ required: true, whitespace: true, min: 2, message: t.demand.commentShort }]}
      >
        <Input.TextArea rows={3} count={{ show: true, max: 500 }} />
      </Form.Item>
      <Form.Item name="demandedBy" label={t.demand.demandedBy}>
        <Radio.Group
          options={(['provider', 'authority'] as const).map((value) => ({ value, label: t.demand.by[value] }))}
        />
      </Form.Item>
      <Form.Item name="dueOn" label={t.demand.due}>
        <Input type="date" style={{ maxWidth: 200 }} />
      </Form.Item>
    </FormDialog>
  );
}
