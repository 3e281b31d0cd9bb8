import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { useSession } from '../session/session-context.tsx';
import { supportWords } from './words.ts';

/** On every page while an operator looks as a customer; afterwards everything is read again as the operator's own. */
export function SupportBanner() {
  const { support } = useSession();
  return support && <Shown support={support} />;
}

type Support = NonNullable<ReturnType<typeof useSession>['support']>;

function Shown({ support }: { readonly support: Support }) {
  const { t, instant } = useText(supportWords);
  const cache = useQueryClient();
  const navigate = useNavigate();
  const end = useCommand('endSupportAccess');
  const { accessId, accountId, until } = support;
  useEffect(() => {
    // Shown at the latest a moment after the server has ended it.
    const timer = setTimeout(() => void cache.resetQueries(), Math.max(0, Date.parse(until) - Date.now()) + 1000);
    return () => clearTimeout(timer);
  }, [cache, until]);
  const leave = () =>
    end.mutate(
      { params: { accessId }, body: {} },
      {
        onSettled: () => {
          void navigate('/accounts', { replace: true });
          void cache.resetQueries();
        },
      },
    );
  return (
    <>
      <Alert
        banner
        type="warning"
        role="status"
        title={t.support.banner(accountId, instant(until))}
        action={
          <Button size="small" loading={end.isPending} onClick={leave}>
            {t.support.end}
          </Button>
        }
      />
      <ProblemAlert error={end.error} />
    </>
  );
}
