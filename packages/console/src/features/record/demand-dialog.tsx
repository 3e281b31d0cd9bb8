import { Button, Form, Input, Radio, Select } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { actWords } from './words.ts';

type FilingRecord = AnswerOf<'listRecords'>['records'][number];

interface Values {
  readonly items: readonly { readonly field: string; readonly comment: string }[];
  readonly demandedBy: 'provider' | 'authority';
  readonly dueOn?: string;
}

// Of a select, nothing is chosen where there is no value: an empty text would be shown as a choice.
const nothing = {} as Values['items'][number];

/** The provider's people say what of a record is to be put right, and by when. */
export function DemandDialog({ record, onClose }: { readonly record: FilingRecord; readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const message = useMessage();
  const demand = useCommand('demandCorrection');
  const done = () => {
    message.success(t.demand.made);
    onClose();
  };
  return (
    <FormDialog<Values>
      title={`${t.demand.make} · ${record.domainName || record.serviceName}`}
      lead={t.demand.makeLead}
      okText={t.demand.make}
      pending={demand.isPending}
      error={demand.error}
      initialValues={{ demandedBy: 'provider', items: [nothing] }}
      onSend={({ items, demandedBy, dueOn }) =>
        demand.mutate(
          {
            body: {
              serviceNumber: record.serviceNumber,
              demandedBy,
              ...(dueOn ? { dueOn } : {}),
              items: items.map(({ field, comment }) => ({ field, comment: comment.trim() })),
            },
          },
          { onSuccess: done },
        )
      }
      onClose={onClose}
    >
      <Items />
      <Form.Item name="demandedBy" label={t.demand.demandedBy}>
        <Radio.Group
          options={(['provider', 'authority'] as const).map((value) => ({ value, label: t.demand.by[value] }))}
        />
      </Form.Item>
      <Form.Item name="dueOn" label={t.demand.due}>
        <DayField />
      </Form.Item>
    </FormDialog>
  );
}

const fields = Object.entries(actWords.demand.fields);

/** What is to be put right: each field once, with what is wrong about it. */
function Items() {
  const { t, pick } = useText(actWords);
  const items: readonly Partial<Values['items'][number]>[] = Form.useWatch('items') ?? [];
  const isElsewhere = (value: string, at: number) => items.some((one, index) => index !== at && one?.field === value);
  return (
    <Form.List name="items">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key}>
              <Form.Item
                name={[name, 'field']}
                label={t.demand.field}
                rules={[{ required: true, message: t.app.required }]}
              >
                <Select
                  options={fields.map(([value, label]) => ({
                    value,
                    label: pick(label),
                    disabled: isElsewhere(value, name),
                  }))}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'comment']}
                label={t.demand.comment}
                rules={[{ required: true, whitespace: true, min: 2, message: t.demand.commentShort }]}
              >
                <Input.TextArea rows={3} count={{ show: true, max: 500 }} />
              </Form.Item>
              {rows.length > 1 && <Button onClick={() => remove(name)}>{t.demand.remove}</Button>}
            </div>
          ))}
          {rows.length < fields.length && (
            <Button onClick={() => add()} style={{ marginBlock: 12 }}>
              {t.demand.add}
            </Button>
          )}
        </>
      )}
    </Form.List>
  );
}
