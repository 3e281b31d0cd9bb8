import { Form, Input, InputNumber, Radio, Select } from 'antd';
import type { AnswerOf, InputOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { authorityWords } from './words.ts';

type Act = InputOf<'settleAuthorityCase'>['body']['act'];
type AnswerAct = Extract<Act, { act: 'answer_task' | 'report_unfiled' }>;

/** What an operator answers to the authority, as it is filled in. */
export interface GivenAnswer {
  readonly isTrue?: boolean;
  readonly verifier?: string;
  readonly opinion?: string;
  readonly errors?: string;
  readonly result?: number;
  readonly handling?: string;
  readonly doneOn?: string;
}

interface AnswerFieldsProps {
  readonly act: AnswerAct['act'];
  /** Rows of the province’s table; none: it has sent no such table. */
  readonly answers: AnswerOf<'listAuthorityCases'>['cases'][number]['answers'];
}

export const isAnswer = (act: Act['act']): act is AnswerAct['act'] => act === 'answer_task' || act === 'report_unfiled';

/** The fields of an answer to the authority. */
export function AnswerFields({ act, answers }: AnswerFieldsProps) {
  const { t } = useText(authorityWords);
  return (
    <>
      <p className="faint">{t.line.answerHint}</p>
      {act === 'answer_task' ? <TaskFields opinions={answers} /> : <UnfiledFields results={answers} />}
    </>
  );
}

function TaskFields({ opinions }: { readonly opinions: AnswerFieldsProps['answers'] }) {
  const { t } = useText(authorityWords);
  const form = Form.useFormInstance<GivenAnswer>();
  const isTrue = Form.useWatch('isTrue', form);
  const required = [{ required: true, whitespace: true, message: t.app.required }];
  return (
    <>
      <Form.Item name="isTrue" label={t.line.isTrue} rules={[{ required: true, message: t.app.required }]}>
        <Radio.Group
          options={[
            { value: true, label: t.line.truths.true },
            { value: false, label: t.line.truths.false },
          ]}
        />
      </Form.Item>
      <Form.Item name="verifier" label={t.line.verifier} rules={required}>
        <Input autoComplete="off" maxLength={128} />
      </Form.Item>
      <Form.Item
        name="opinion"
        label={t.line.opinion}
        rules={required}
        extra={opinions.map(({ zh }) => zh).join(' · ') || undefined}
      >
        <Input autoComplete="off" maxLength={1024} />
      </Form.Item>
      {isTrue === false && (
        <Form.Item name="errors" label={t.line.errors}>
          <Input.TextArea autoComplete="off" rows={3} maxLength={4000} />
        </Form.Item>
      )}
    </>
  );
}

function UnfiledFields({ results }: { readonly results: AnswerFieldsProps['answers'] }) {
  const { t } = useText(authorityWords);
  const required = { required: true, message: t.app.required };
  return (
    <>
      <Form.Item
        name="result"
        label={t.line.unfiledResult}
        rules={[required]}
        extra={results.length === 0 ? t.line.noAnswers : undefined}
      >
        {results.length === 0 ? (
          <InputNumber min={1} max={999} precision={0} />
        ) : (
          <Select options={results.map(({ id, zh }) => ({ value: id, label: zh }))} />
        )}
      </Form.Item>
      <Form.Item name="handling" label={t.line.handling} rules={[{ ...required, whitespace: true }]}>
        <Input autoComplete="off" maxLength={255} />
      </Form.Item>
      <Form.Item name="doneOn" label={t.line.doneOn} rules={[required]}>
        <DayField />
      </Form.Item>
    </>
  );
}

/** The answer as it is sent. */
export function answerOf(act: AnswerAct['act'], given: GivenAnswer): AnswerAct {
  const { isTrue = true, verifier = '', opinion = '', errors = '', result = 0, handling = '', doneOn = '' } = given;
  if (act === 'report_unfiled') return { act, result, handling: handling.trim(), doneOn };
  return { act, isTrue, verifier: verifier.trim(), opinion: opinion.trim(), errors: isTrue ? '' : errors.trim() };
}
