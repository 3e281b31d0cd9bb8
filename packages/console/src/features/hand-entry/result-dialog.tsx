import {
  courseOf,
  filingKindTable,
  type SmsPerson,
  type SmsState,
  smsCodeText,
  smsCodeTexts,
  smsStateOrder,
  smsStates,
  smsTexts,
} from '@openbeian/model/filing';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import type { InputOf } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FormDialog } from '../../parts/form-dialog.tsx';
import { useMessage } from '../../parts/message.tsx';
import { PastedInput } from '../../parts/pasted-input.tsx';
import { labelsOf } from '../filing/form-labels.ts';
import { handEntryWords } from './words.ts';

type Result = InputOf<'enterAuthorityResult'>['body']['result'];
type Kind = Result['kind'];

interface Given {
  readonly kind: Kind;
  /** In how many hours; by the name by which the server says what is wrong about it. */
  readonly dueAt?: number;
  readonly cause?: 'timed_out' | 'too_many_attempts';
  readonly subjectNumber?: string;
  readonly serviceNumber?: string;
  readonly people?: readonly SmsPerson[];
  readonly state?: SmsState;
  readonly code?: string;
  readonly resends?: number;
  readonly wrongCodes?: number;
  readonly reasons?: readonly { readonly field?: string; readonly text?: string }[];
}

const hourMs = 3_600_000;

/** What became of a filing at the authority, as its own pages show it. */
export function ResultDialog({ filing, onClose }: { readonly filing: Filing; readonly onClose: () => void }) {
  const { t } = useText(handEntryWords);
  const message = useMessage();
  const [form] = Form.useForm<{ result: Given }>();
  const enter = useCommand('enterAuthorityResult');
  const kinds: readonly Kind[] =
    filing.state === 'awaiting_sms'
      ? ['sms_requested', 'sms_progress', 'sms_confirmed', 'sms_failed', 'approved', 'rejected']
      : ['approved', 'rejected'];
  const kind = Form.useWatch(['result', 'kind'], form) ?? kinds[0];
  const { subjectNumber, serviceNumber } = filing;
  // The server's clock counts, not this browser's.
  const asked = useAnswer('getDeployment', {}, { refreshMs: 60_000 });
  return (
    <FormDialog<{ result: Given }>
      title={t.hand.result}
      lead={t.hand.resultLead}
      okText={t.hand.result}
      form={form}
      pending={enter.isPending}
      error={enter.error}
      initialValues={{
        result: {
          kind: kinds[0] ?? 'approved',
          dueAt: 24,
          cause: 'timed_out',
          state: 'confirmed',
          people: [],
          resends: 0,
          wrongCodes: 0,
          reasons: [{}],
          ...(subjectNumber !== null && { subjectNumber }),
          ...(serviceNumber !== null && { serviceNumber }),
        },
      }}
      onSend={({ result }) =>
        enter.mutate(
          {
            params: { filingId: filing.id },
            body: { version: filing.version, result: resultOf(asked.data?.now, result) },
          },
          {
            onSuccess: () => {
              message.success(t.hand.entered);
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    >
      <ResultFields filing={filing} kinds={kinds} kind={kind ?? 'approved'} />
    </FormDialog>
  );
}

interface ResultFieldsProps {
  readonly filing: Filing;
  readonly kinds: readonly Kind[];
  readonly kind: Kind;
}

function ResultFields({ filing, kinds, kind }: ResultFieldsProps) {
  const { t } = useText(handEntryWords);
  return (
    <>
      <Form.Item name={['result', 'kind']} label={t.hand.kind}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t.hand.kinds[value] }))} />
      </Form.Item>
      {kind === 'sms_requested' && (
        <Form.Item name={['result', 'dueAt']} label={t.hand.smsHours} rules={[{ required: true }]}>
          <InputNumber min={1} max={240} precision={0} />
        </Form.Item>
      )}
      {kind === 'sms_progress' && <SmsProgress filing={filing} />}
      {kind === 'sms_failed' && (
        <Form.Item name={['result', 'cause']} label={t.hand.cause}>
          <Radio.Group
            options={(['timed_out', 'too_many_attempts'] as const).map((value) => ({
              value,
              label: t.hand.causes[value],
            }))}
          />
        </Form.Item>
      )}
      {kind === 'approved' && <Numbers filing={filing} />}
      {kind === 'rejected' && <Reasons filing={filing} />}
    </>
  );
}

function resultOf(now: string | undefined, given: Given): Result {
  const { kind, dueAt: hours = 24, cause = 'timed_out', subjectNumber = '', serviceNumber = '', reasons = [] } = given;
  if (kind === 'sms_progress') {
    const { people = [], state = 'confirmed', code = '', resends = 0, wrongCodes = 0 } = given;
    return { kind, people: [...people], state, resends, wrongCodes, ...(code.trim() !== '' && { code: code.trim() }) };
  }
  if (kind === 'sms_requested')
    return { kind, dueAt: new Date((now === undefined ? Date.now() : Date.parse(now)) + hours * hourMs).toISOString() };
  if (kind === 'sms_failed') return { kind, cause };
  if (kind === 'approved') {
    const service = serviceNumber.trim();
    return { kind, subjectNumber: subjectNumber.trim(), ...(service !== '' && { serviceNumber: service }) };
  }
  if (kind === 'rejected') {
    return { kind, reasons: reasons.map(({ field, text = '' }) => ({ field: field ?? null, text: text.trim() })) };
  }
  return { kind };
}

/** Who is how far, as the authority’s page says. */
function SmsProgress({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(handEntryWords);
  const people = courseOf(filing.kind).smsBy;
  return (
    <>
      <Form.Item
        name={['result', 'people']}
        label={t.hand.smsPeople}
        // Said by hand: a rule with `required` puts aria-required on the group, where it is not allowed.
        rules={[
          {
            validator: (_, chosen: readonly SmsPerson[]) =>
              chosen.length > 0 ? Promise.resolve() : Promise.reject(new Error(t.app.required)),
          },
        ]}
      >
        <Checkbox.Group options={people.map((value) => ({ value, label: pick(smsTexts[value]) }))} />
      </Form.Item>
      <Form.Item name={['result', 'state']} label={t.hand.smsState}>
        <Radio.Group options={smsStateOrder.map((value) => ({ value, label: pick(smsStates[value]) }))} />
      </Form.Item>
      <Form.Item name={['result', 'code']} label={t.hand.smsCode}>
        <Select
          allowClear
          options={smsCodes.map((value) => ({ value, label: `${value} ${pick(smsCodeText(value))}` }))}
        />
      </Form.Item>
      <Form.Item name={['result', 'resends']} label={t.hand.smsResends}>
        <InputNumber min={0} max={100} precision={0} />
      </Form.Item>
      <Form.Item name={['result', 'wrongCodes']} label={t.hand.smsWrongCodes}>
        <InputNumber min={0} max={100} precision={0} />
      </Form.Item>
    </>
  );
}

/** Object.keys gives numbers in their order. */
const smsCodes = Object.keys(smsCodeTexts);

function Numbers({ filing }: { readonly filing: Filing }) {
  const { t } = useText(handEntryWords);
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  const ending = filing.serviceKind === 'app' ? '-1A' : '-1';
  return (
    <>
      <Form.Item name={['result', 'subjectNumber']} label={t.hand.subjectNumber} rules={required}>
        <PastedInput autoComplete="off" placeholder="粤ICP备2026000123号" />
      </Form.Item>
      {filingKindTable[filing.kind].about !== 'subject' && (
        <Form.Item name={['result', 'serviceNumber']} label={t.hand.serviceNumber} rules={required}>
          <PastedInput autoComplete="off" placeholder={`粤ICP备2026000123号${ending}`} />
        </Form.Item>
      )}
    </>
  );
}

/** Each at its field, so that the customer is led to it. */
function Reasons({ filing }: { readonly filing: Filing }) {
  const { t, pick } = useText(handEntryWords);
  const form = useAnswer('getFilingForm', { params: { filingId: filing.id } });
  const options = [...labelsOf(form.data, pick)].map(([value, label]) => ({ value, label }));
  return (
    <Form.List name={['result', 'reasons']}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }) => (
            <div key={key}>
              <Form.Item name={[name, 'field']} label={t.hand.reasonField}>
                <Select
                  allowClear
                  showSearch={{ optionFilterProp: 'label' }}
                  placeholder={t.hand.wholeFiling}
                  options={options}
                />
              </Form.Item>
              <Form.Item
                name={[name, 'text']}
                label={t.hand.reason}
                rules={[{ required: true, whitespace: true, message: t.app.required }]}
              >
                <Input.TextArea rows={2} count={{ show: true, max: 500 }} />
              </Form.Item>
              {fields.length > 1 && (
                <Button type="link" danger onClick={() => remove(name)}>
                  {t.hand.removeReason}
                </Button>
              )}
            </div>
          ))}
          <Button type="dashed" block disabled={fields.length >= 50} onClick={() => add({})}>
            {t.hand.addReason}
          </Button>
        </>
      )}
    </Form.List>
  );
}
