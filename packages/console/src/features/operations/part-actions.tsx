import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { useMessage } from '../../parts/message.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import type { Part } from './shapes.ts';
import { operationsWords } from './words.ts';

type Action = NonNullable<Part['action']>;

interface ActionProps<A extends Action> {
  readonly name: string;
  readonly action: A;
}

/** What can be done about it here: work is retried, a line resumed. */
export function PartActions({ name, action }: ActionProps<Action>) {
  return action.act === 'retry_parked' ? (
    <RetryParked name={name} action={action} />
  ) : (
    <ResumeLine name={name} action={action} />
  );
}

function RetryParked({ name, action: { kind } }: ActionProps<Extract<Action, { act: 'retry_parked' }>>) {
  const { t } = useText(operationsWords);
  const message = useMessage();
  const retry = useCommand('retryParkedWork');
  const retryAll = async () => {
    let answer = await retry.mutateAsync({ params: { kind } });
    let { retried } = answer;
    while (answer.left > 0 && answer.retried > 0) {
      answer = await retry.mutateAsync({ params: { kind } });
      retried += answer.retried;
    }
    message.success(t.operations.retried(retried));
  };
  return (
    <>
      <ProblemAlert error={retry.error} />
      <ConfirmButton
        title={t.operations.retryAll(name)}
        lead={t.operations.retryAllLead}
        danger={false}
        pending={retry.isPending}
        onConfirm={retryAll}
      >
        {t.operations.retryAll(name)}
      </ConfirmButton>
    </>
  );
}

function ResumeLine({ name, action: { provinceCode } }: ActionProps<Extract<Action, { act: 'resume_line' }>>) {
  const { t } = useText(operationsWords);
  const message = useMessage();
  const resume = useCommand('resumeAuthorityLine');
  const confirm = async () => {
    await resume.mutateAsync({ params: { provinceCode } });
    message.success(t.operations.resumed);
  };
  return (
    <>
      <ProblemAlert error={resume.error} />
      <ConfirmButton
        title={t.operations.resume(name)}
        lead={t.operations.resumeLead}
        danger={false}
        pending={resume.isPending}
        onConfirm={confirm}
      >
        {t.operations.resume(name)}
      </ConfirmButton>
    </>
  );
}
