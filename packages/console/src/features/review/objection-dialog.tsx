import { Form, Input, Modal, Select } from 'antd';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { filingWords } from '../filing/words.ts';
import { type Objection, type ReturnReason, reasonsFor } from './opinion.ts';
import { reviewWords } from './words.ts';

interface ObjectionDialogProps {
  readonly field: string | null;
  readonly label: string;
  readonly onAdd: (objection: Objection) => void;
  readonly onClose: () => void;
}

/** Picks a reason for returning one field from the catalogue, with a comment. */
export function ObjectionDialog({ field, label, onAdd, onClose }: ObjectionDialogProps) {
  const { t } = useText(reviewWords);
  const catalogue = useAnswer('listReturnReasons', {});
  const [form] = Form.useForm<{ reasonId: string; comment?: string }>();
  return (
    <Modal
      open
      title={`${t.review.flagTitle} · ${label}`}
      onCancel={onClose}
      okText={t.review.add}
      onOk={form.submit}
      width={560}
    >
      <Loaded query={catalogue}>
        {({ reasons }) => (
          <Form<{ reasonId: string; comment?: string }>
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={({ reasonId, comment }) => {
              onAdd({ field, reasonId, comment: comment?.trim() ?? '' });
              onClose();
            }}
          >
            <ReasonField reasons={reasonsFor(reasons, field)} />
            <Form.Item name="comment" label={`${t.review.comment} (${t.app.optional})`}>
              <Input.TextArea rows={3} maxLength={500} placeholder={t.review.commentPlaceholder} />
            </Form.Item>
          </Form>
        )}
      </Loaded>
    </Modal>
  );
}

function ReasonField({ reasons }: { readonly reasons: readonly ReturnReason[] }) {
  const { t, pick } = useText(filingWords, reviewWords);
  const chosen = Form.useWatch<string | undefined>('reasonId');
  const remedy = reasons.find((reason) => reason.id === chosen)?.remedy;
  return (
    <Form.Item
      name="reasonId"
      label={t.review.reason}
      rules={[{ required: true, message: t.review.reasonRequired }]}
      extra={
        remedy && (
          <span>
            {t.review.remedyShown}: {pick(remedy)}
          </span>
        )
      }
    >
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t.form.pick}
        options={reasons.map((reason) => ({ value: reason.id, label: pick(reason.message) }))}
      />
    </Form.Item>
  );
}
