import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { FindingList } from '../../parts/finding-list.tsx';
import { useMessage } from '../../parts/message.tsx';
import { PageTurner, usePages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { useSession } from '../session/session-context.tsx';
import { actWords } from './words.ts';

type Demand = AnswerOf<'listDemands'>['demands'][number];

/** Open demands, each with the way to correct it, or to take it back; nothing where there are none. */
export function DemandsPanel() {
  const { t } = useText(actWords);
  const pages = usePages();
  const demands = useAnswer('listDemands', { query: pages.query });
  if (demands.data === undefined || demands.data.demands.length === 0) return null;
  return (
    <Panel title={t.demand.title}>
      {demands.data.demands.map((demand) => (
        <DemandView key={demand.id} demand={demand} />
      ))}
      <PageTurner pages={pages} next={demands.data.next} />
    </Panel>
  );
}

function DemandView({ demand }: { readonly demand: Demand }) {
  const { t } = useText(actWords);
  const { dueOn, demandedBy, serviceNumber, domainName, findings } = demand;
  const labels: Readonly<Record<string, string>> = t.demand.fields;
  return (
    <div className="stack" style={{ marginBottom: 18 }}>
      <div>
        <strong className="wrap">{domainName}</strong> <span className="number">{serviceNumber}</span>
        <div className="faint">
          {t.demand.by[demandedBy]} · {dueOn === null ? t.demand.noDue : t.demand.dueOn(dueOn)}
        </div>
      </div>
      <FindingList findings={findings} labelOf={(field) => labels[field] ?? field} />
      <DemandActions demand={demand} />
    </div>
  );
}

function DemandActions({ demand }: { readonly demand: Demand }) {
  const { t } = useText(actWords);
  const { role } = useSession();
  const message = useMessage();
  const navigate = useNavigate();
  const start = useCommand('startRecordFiling');
  const withdraw = useCommand('withdrawDemand');
  if (role === 'auditor') return null;
  if (role !== 'customer') {
    const params = { demandId: demand.id };
    const done = { onSuccess: () => message.success(t.demand.withdrawn) };
    return (
      <div>
        <Button loading={withdraw.isPending} onClick={() => withdraw.mutate({ params, body: {} }, done)}>
          {t.demand.withdraw}
        </Button>
        <ProblemAlert error={withdraw.error} />
      </div>
    );
  }
  const correct = () =>
    start.mutate(
      { body: { number: demand.serviceNumber, wants: 'change' } },
      { onSuccess: ({ filing }) => void navigate(`/filings/${filing.id}/form`) },
    );
  return (
    <div>
      <WriteButton type="primary" loading={start.isPending} onClick={correct}>
        {t.demand.correct}
      </WriteButton>
      <ProblemAlert error={start.error} />
    </div>
  );
}
