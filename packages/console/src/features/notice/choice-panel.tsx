import { Button, Checkbox, Form, Segmented } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { noticeWords } from './words.ts';

type Choice = AnswerOf<'getNoticeChoice'>;
type Chosen = Pick<Choice, 'language'> & { readonly groups: readonly Choice['groups'][number]['group'][] };

/** Which notices this person is mailed, and in which language. */
export function ChoicePanel() {
  const { t } = useText(noticeWords);
  const choice = useAnswer('getNoticeChoice', {});
  if (choice.data?.groups.length === 0) return null;
  return (
    <Panel title={t.notice.own}>
      <Loaded query={choice}>
        {(data) => (data.enabled ? <ChoiceForm choice={data} /> : <p className="soft">{t.notice.mailOff}</p>)}
      </Loaded>
    </Panel>
  );
}

function ChoiceForm({ choice }: { readonly choice: Choice }) {
  const { t, pick } = useText(noticeWords);
  const message = useMessage();
  const put = useCommand('putNoticeChoice');
  const mailed = choice.groups.filter((one) => one.mailed).map(({ group }) => group);
  const send = ({ groups, language }: Chosen) =>
    put.mutate({ body: { groups: [...groups], language } }, { onSuccess: () => message.success(t.notice.ownSaved) });
  return (
    <Form<Chosen> layout="vertical" initialValues={{ groups: mailed, language: choice.language }} onFinish={send}>
      <p className="soft wrap">{choice.mail === null ? t.notice.ownNoMail : t.notice.ownLead}</p>
      <Form.Item name="groups" label={t.notice.ownGroups}>
        <Checkbox.Group
          style={{ display: 'grid', gap: 8 }}
          options={choice.groups.map(({ group, text, mandatory }) => ({
            value: group,
            label: mandatory ? `${pick(text)} (${t.notice.mandatory})` : pick(text),
            disabled: mandatory,
          }))}
        />
      </Form.Item>
      <Form.Item name="language" label={t.notice.ownLanguage}>
        <Segmented
          options={(['both', 'zh', 'en'] as const).map((value) => ({ value, label: t.notice.languages[value] }))}
        />
      </Form.Item>
      <ProblemAlert error={put.error} />
      <Button htmlType="submit" loading={put.isPending}>
        {t.app.save}
      </Button>
    </Form>
  );
}
