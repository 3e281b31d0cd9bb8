import { Button, Tabs } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useSession } from '../session/session-context.tsx';
import { CodeList } from './code-list.tsx';
import { VerifyPanel } from './verify-panel.tsx';

export function CodesPage() {
  const { t } = useText();
  const { role, accountId } = useSession();
  const [params, setParams] = useSearchParams();
  const customer = role === 'customer';
  const issued = (
    <Panel flush>
      <CodeList
        query={{ side: 'issued' }}
        empty={
          <Empty
            title={t.code.emptyIssued}
            hint={t.code.emptyIssuedHint}
            action={
              customer && (
                <Link to="/resources?show=issue">
                  <Button type="primary">{t.nav.myResources}</Button>
                </Link>
              )
            }
          />
        }
      />
    </Panel>
  );
  const granted = (
    <Panel flush>
      <CodeList
        query={{ side: 'granted' }}
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
    </Panel>
  );
  const tabs = [
    { key: 'issued', label: customer ? t.code.issued : t.app.all, children: issued },
    ...(customer ? [{ key: 'granted', label: t.code.granted, children: granted }] : []),
    ...(role === 'auditor' ? [] : [{ key: 'verify', label: t.code.verify, children: <VerifyPanel /> }]),
  ];
  return (
    <Page title={t.code.title} lead={t.code.lead} topic="page:codes">
      <Tabs
        activeKey={params.get('tab') ?? 'issued'}
        onChange={(tab) => setParams({ tab }, { replace: true })}
        items={tabs}
        destroyOnHidden
      />
    </Page>
  );
}
