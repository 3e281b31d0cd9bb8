import { Checkbox, Form, Input, Radio } from 'antd';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { AnswerFields, answerOf, type GivenAnswer, isAnswer } from './answer-fields.tsx';
import { CaseSaid } from './case-said.tsx';
import { authorityWords } from './words.ts';

type Act = InputOf<'settleAuthorityCase'>['body']['act'];
type ActName = Act['act'];

interface Given extends GivenAnswer {
  readonly act: ActName;
  readonly corrected?: boolean;
  readonly subjectNumber?: string;
  readonly serviceNumber?: string;
  readonly filingId?: string;
}

interface SettleDialogProps {
  readonly row: AnswerOf<'listAuthorityCases'>['cases'][number];
  readonly title: string;
  readonly onClose: () => void;
}

/** What can be done about cases of a kind; about every other one it can only be said that it was seen. */
const actsOfKind: Readonly<Record<string, readonly ActName[]>> = {
  unmatched_result: ['is_about', 'seen'],
  unclear_result: ['send_again', 'return_to_customer', 'approved_under', 'seen'],
  returned_to_provider: ['send_again', 'return_to_customer', 'approved_under', 'seen'],
  stopped_by_result: ['send_again', 'return_to_customer', 'approved_under', 'seen'],
  numbers_unfit: ['approved_under', 'return_to_customer'],
  unreadable_file: ['read_again', 'seen'],
  verification_task: ['answer_task', 'seen'],
  unfiled_site: ['report_unfiled', 'seen'],
};

/** An operator decides about a case. Nothing is chosen beforehand: some acts end a filing or go to the authority. */
export function SettleDialog({ row, title, onClose }: SettleDialogProps) {
  const { id: caseId, kind, answers, domainName, waits } = row;
  const { t } = useText(authorityWords);
  const message = useMessage();
  const [form] = Form.useForm<Given>();
  const settle = useCommand('settleAuthorityCase');
  const acts = (actsOfKind[kind] ?? ['seen']).filter((one) => one !== 'seen' || !waits);
  const act = Form.useWatch('act', form);
  const done = () => {
    message.success(t.line.settled);
    onClose();
  };
  return (
    <FormDialog<Given>
      title={title}
      okText={t.line.settle}
      form={form}
      pending={settle.isPending}
      error={settle.error}
      initialValues={{ corrected: false }}
      onSend={(given) => settle.mutate({ params: { caseId }, body: { act: actOf(given) } }, { onSuccess: done })}
      onClose={onClose}
    >
      <CaseSaid caseId={caseId} domainName={domainName} />
      <Form.Item
        name="act"
        label={t.line.act}
        extra={waits ? t.line.filingWaits : null}
        rules={[{ required: true, message: t.line.chooseAct }]}
      >
        <Radio.Group
          style={{ display: 'grid', gap: 8 }}
          options={acts.map((value) => ({ value, label: t.line.acts[value] }))}
        />
      </Form.Item>
      {act !== undefined && (isAnswer(act) ? <AnswerFields act={act} answers={answers} /> : <ActFields act={act} />)}
    </FormDialog>
  );
}

function ActFields({ act }: { readonly act: ActName }) {
  const { t } = useText(authorityWords);
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  if (act === 'send_again') {
    return (
      <Form.Item name="corrected" valuePropName="checked">
        <Checkbox>{t.line.corrected}</Checkbox>
      </Form.Item>
    );
  }
  if (act === 'is_about') {
    return (
      <Form.Item name="filingId" label={t.line.filingId} rules={required}>
        <Input autoComplete="off" maxLength={200} placeholder="fil_…" />
      </Form.Item>
    );
  }
  if (act !== 'approved_under') return null;
  return (
    <>
      <Form.Item name="subjectNumber" label={t.line.subjectNumber} rules={required}>
        <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号" />
      </Form.Item>
      <Form.Item name="serviceNumber" label={t.line.serviceNumber} rules={required}>
        <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号-1" />
      </Form.Item>
    </>
  );
}

function actOf(given: Given): Act {
  const { act, corrected = false, subjectNumber = '', serviceNumber = '', filingId = '' } = given;
  if (isAnswer(act)) return answerOf(act, given);
  if (act === 'send_again') return { act, corrected };
  if (act === 'is_about') return { act, filingId: filingId.trim() };
  if (act !== 'approved_under') return { act };
  return { act, subjectNumber: subjectNumber.trim(), serviceNumber: serviceNumber.trim() };
}
