import { Form, Select } from 'antd';
import { useSearchParams } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { actWords } from './words.ts';

export type Move = AnswerOf<'listMoves'>['moves'][number];

interface Proof {
  readonly certificateType: string;
  readonly certificateNumber: string;
}

/** By the account that has the records, naming the other, or by one that claims them. */
export function BeginMoveDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const message = useMessage();
  const [params] = useSearchParams();
  const begin = useCommand('beginMove');
  const done = () => {
    message.success(t.move.begun);
    onClose();
  };
  return (
    <FormDialog<Proof & { readonly subjectNumber: string; readonly toAccountId?: string }>
      title={t.move.beginTitle}
      lead={t.move.beginLead}
      okText={t.move.begin}
      pending={begin.isPending}
      error={begin.error}
      initialValues={{ subjectNumber: params.get('subject') ?? '' }}
      onSend={({ subjectNumber, toAccountId = '', certificateType, certificateNumber }) =>
        begin.mutate(
          {
            body: {
              subjectNumber: subjectNumber.trim(),
              certificateType,
              certificateNumber: certificateNumber.trim(),
              ...(toAccountId.trim() === '' ? {} : { toAccountId: toAccountId.trim() }),
            },
          },
          { onSuccess: done },
        )
      }
      onClose={onClose}
    >
      <Form.Item
        name="subjectNumber"
        label={t.move.subjectNumber}
        rules={[{ required: true, whitespace: true, message: t.app.required }]}
      >
        <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号" />
      </Form.Item>
      <ProofFields />
      <Form.Item name="toAccountId" label={t.move.target}>
        <PastedInput autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

export function ConfirmMoveDialog({ move, onClose }: { readonly move: Move; readonly onClose: () => void }) {
  const { t } = useText(actWords);
  const message = useMessage();
  const confirm = useCommand('confirmMove');
  const done = () => {
    message.success(t.move.moved);
    onClose();
  };
  return (
    <FormDialog<Proof>
      title={`${t.move.confirmTitle} · ${move.subjectNumber}`}
      lead={t.move.confirmLead}
      okText={t.move.confirm}
      pending={confirm.isPending}
      error={confirm.error}
      onSend={({ certificateType, certificateNumber }) =>
        confirm.mutate(
          { params: { moveId: move.id }, body: { certificateType, certificateNumber: certificateNumber.trim() } },
          { onSuccess: done },
        )
      }
      onClose={onClose}
    >
      <ProofFields />
    </FormDialog>
  );
}

/** The certificate under which the organiser is on record. */
function ProofFields() {
  const { t, pick } = useText(actWords);
  const natures = useAnswer('listNatures', {}).data?.natures ?? [];
  const certificates = new Map(
    natures.flatMap((nature) => nature.certificates.map(({ value, label }) => [value, pick(label)] as const)),
  );
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  return (
    <>
      <Form.Item name="certificateType" label={t.move.certificateType} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={[...certificates].map(([value, label]) => ({ value, label }))}
        />
      </Form.Item>
      <Form.Item name="certificateNumber" label={t.move.certificateNumber} rules={required}>
        <PastedInput autoComplete="off" className="mono" />
      </Form.Item>
    </>
  );
}
