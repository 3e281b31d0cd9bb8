import { Button, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { resourceWords } from '../resource/words.ts';
import { useSession } from '../session/session-context.tsx';
import { codeFilterOf, codeQueryOf } from './code-filter.ts';
import { CodeFilterBar } from './code-filter-bar.tsx';
import { CodeList } from './code-list.tsx';
import { VerifyPanel } from './verify-panel.tsx';
import { codeWords } from './words.ts';

const IssueAnywhere = later(async () => (await import('./issue-anywhere.tsx')).IssueAnywhere);

export function CodesPage() {
  const { t } = useText(codeWords);
  const { role, accountId } = useSession();
  const [params, setParams] = useSearchParams();
  const customer = role === 'customer';
  const [issuing, setIssuing] = useState(false);
  const tabs = [
    {
      key: 'issued',
      label: customer ? t.code.issued : t.app.all,
      children: <FilteredCodes side="issued" empty={<NoneIssued />} />,
    },
    {
      key: 'granted',
      label: t.code.granted,
      hidden: !customer,
      children: (
        <FilteredCodes
          side="granted"
          empty={
            <Empty
              title={t.code.emptyGranted}
              hint={
                <>
                  {t.code.emptyGrantedHint} <span className="mono">{accountId}</span>
                </>
              }
            />
          }
        />
      ),
    },
    { key: 'verify', label: t.code.verify, hidden: role === 'auditor', children: <VerifyPanel /> },
  ];
  return (
    <Page
      title={t.code.title}
      lead={t.code.lead}
      topic="page:codes"
      actions={
        customer && (
          <WriteButton type="primary" onClick={() => setIssuing(true)}>
            {t.code.issue}
          </WriteButton>
        )
      }
    >
      <Tabs
        activeKey={params.get('tab') ?? 'issued'}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        items={tabs.filter(({ hidden }) => hidden !== true).map(({ hidden: _hidden, ...tab }) => tab)}
        destroyOnHidden
      />
      {issuing && <IssueAnywhere onClose={() => setIssuing(false)} />}
    </Page>
  );
}

function NoneIssued() {
  const { t } = useText(codeWords, resourceWords);
  const { role } = useSession();
  return (
    <Empty
      title={t.code.emptyIssued}
      hint={t.code.emptyIssuedHint}
      action={
        role === 'customer' && (
          <Link to="/resources?show=issue">
            <Button type="primary">{t.resource.mine}</Button>
          </Link>
        )
      }
    />
  );
}

interface FilteredCodesProps {
  readonly side: 'issued' | 'granted';
  /** Shown when there is no code at all. */
  readonly empty: ReactNode;
}

/** One side's codes with what narrows them, which the page's address keeps. */
function FilteredCodes({ side, empty }: FilteredCodesProps) {
  const { t } = useText(codeWords);
  const { role } = useSession();
  const customer = role === 'customer';
  const [params, setParams] = useSearchParams();
  const filter = codeFilterOf(params);
  const query = codeQueryOf(side, filter);
  const { state: _state, ...narrowed } = query;
  const counts = useAnswer('countCodes', { query: narrowed }, { enabled: customer });
  const change = (name: string, value: string) =>
    setParams(
      (old) => {
        if (value === '') old.delete(name);
        else old.set(name, value);
        return old;
      },
      { replace: true },
    );
  const isNarrowed = Object.keys(query).length > 1;
  const clear = () => setParams({ tab: side }, { replace: true });
  return (
    <>
      <CodeFilterBar
        filter={filter}
        query={query}
        counts={counts.data}
        ownResources={customer && side === 'issued'}
        onChange={change}
      />
      <Panel flush>
        <CodeList
          key={JSON.stringify(query)}
          query={query}
          empty={
            isNarrowed ? (
              <Empty title={t.code.noMatch} action={<Button onClick={clear}>{t.list.clearFilter}</Button>} />
            ) : (
              empty
            )
          }
        />
      </Panel>
    </>
  );
}
