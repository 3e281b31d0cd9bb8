import { Form, Input, Radio } from 'antd';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { actWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];
type Scope = InputOf<'cancelRecord'>['body']['scope'];

interface Values {
  readonly scope: Scope;
  readonly reason: string;
}

/** An operator enters what the authority has cancelled; the gate follows at once. */
export function CancelDialog({ record, onClose }: { readonly record: FilingRecord; readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const message = useMessage();
  const cancel = useCommand('cancelRecord');
  const scopes: readonly Scope[] = record.here ? ['access', 'service', 'subject'] : ['service', 'subject'];
  const send = ({ scope, reason }: Values) =>
    cancel.mutate(
      {
        body: {
          scope,
          number: scope === 'subject' ? record.subjectNumber : record.serviceNumber,
          reason: reason.trim(),
        },
      },
      {
        onSuccess: ({ changed, services }) => {
          message.success(changed ? t.cancel.done(services.length) : t.cancel.known);
          onClose();
        },
      },
    );
  return (
    <FormDialog<Values>
      danger
      title={`${t.cancel.title} · ${record.domainName || record.serviceName}`}
      lead={t.cancel.lead}
      okText={t.cancel.enter}
      pending={cancel.isPending}
      error={cancel.error}
      onSend={send}
      onClose={onClose}
    >
      <Form.Item name="scope" label={t.cancel.scope} rules={[{ required: true, message: t.app.required }]}>
        <Radio.Group
          options={scopes.map((value) => ({
            value,
            label: (
              <>
                {t.cancel.scopes[value]}{' '}
                <span className="faint number">
                  {value === 'subject' ? record.subjectNumber : value === 'service' ? record.serviceNumber : ''}
                </span>
              </>
            ),
          }))}
          vertical
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t.cancel.reason}
        rules={[{ required: true, whitespace: true, min: 1, message: t.app.required }]}
      >
        <Input.TextArea rows={2} count={{ show: true, max: 500 }} />
      </Form.Item>
    </FormDialog>
  );
}
