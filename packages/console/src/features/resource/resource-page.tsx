import { Button, Tooltip } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import type { Decision, Resource } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import type { BothTexts } from '../../language/words.ts';
import { AccountName } from '../../parts/account-name.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { WriteButton } from '../../parts/write-button.tsx';
import { CodeList } from '../code/code-list.tsx';
import { IssueDialog } from '../code/issue-dialog.tsx';
import { codeWords } from '../code/words.ts';
import { useSession } from '../session/session-context.tsx';
import { DecisionPanel } from './decision-view.tsx';
import { factsOf } from './facts.ts';
import { outcomeTone } from './outcome.ts';
import { passesUntil } from './passes-until.ts';
import type { ResourceAbout } from './remedy-action.tsx';
import { ResourceReasons } from './resource-reasons.tsx';
import { splitReasons } from './split-reasons.ts';
import { resourceWords } from './words.ts';

export function ResourcePage() {
  const { t, pick } = useText(resourceWords);
  const { role } = useSession();
  const resourceId = useParams().resourceId ?? '';
  const resource = useAnswer('getResource', { params: { resourceId } });
  return (
    <Page
      title={resourceId}
      crumbs={[{ to: '/resources', label: role === 'customer' ? t.resource.mine : t.resource.title }]}
      beside={resource.data && <span className="soft">{pick(resource.data.productName)}</span>}
      topic="page:resource"
    >
      <Loaded query={resource}>{(found) => <ResourceView resource={found} />}</Loaded>
    </Page>
  );
}

function ResourceView({ resource }: { readonly resource: Resource }) {
  const { t } = useText(codeWords, resourceWords);
  const { role, accountId } = useSession();
  const [issuing, setIssuing] = useState(false);
  const { check } = resource;
  const mine = role === 'customer' && accountId === resource.accountId;
  const mayIssue = check.issue.outcome === 'eligible';
  const reasons = splitReasons(check);
  const about = { ...resource, here: true };
  return (
    <>
      <div className="columns">
        <DecisionPanel
          title={t.resource.canFile}
          of="file"
          decision={check.file}
          reasons={reasons.file}
          about={about}
          actions={mine && <FileHere resource={resource} />}
        />
        <DecisionPanel
          title={t.resource.canIssue}
          of="issue"
          decision={check.issue}
          reasons={reasons.issue}
          about={about}
          actions={
            mine &&
            (mayIssue ? (
              <WriteButton type="primary" onClick={() => setIssuing(true)}>
                {t.code.issue}
              </WriteButton>
            ) : (
              <Greyed label={t.code.issue} why={t.resource.reasonsCount(check.issue.reasons.length)} />
            ))
          }
        />
      </div>
      <ReasonsOfBoth check={check} reasons={reasons.both} about={about} />
      <FactsPanel resource={resource} />
      {(mine || role !== 'customer') && (
        <Panel flush title={t.resource.codes}>
          <CodeList
            withResource={false}
            query={{ side: 'issued', resourceId: resource.id }}
            empty={<p className="empty">{t.code.emptyHere}</p>}
          />
        </Panel>
      )}
      {issuing && <IssueDialog resource={resource} onClose={() => setIssuing(false)} />}
      <PolicyLine policy={check.policy} product={resource.productName} />
    </>
  );
}

function FileHere({ resource: { id, check } }: { readonly resource: Resource }) {
  const { t } = useText(resourceWords);
  if (check.file.outcome === 'eligible')
    return <WriteButton to={`/filings/new?resource=${encodeURIComponent(id)}`}>{t.resource.fileHere}</WriteButton>;
  return <Greyed label={t.resource.fileHere} why={t.resource.reasonsCount(check.file.reasons.length)} />;
}

interface ReasonsOfBothProps {
  readonly check: Resource['check'];
  readonly reasons: Decision['reasons'];
  readonly about: ResourceAbout;
}

/** What applies to filing and to codes alike, said once. */
function ReasonsOfBoth({ check, reasons, about }: ReasonsOfBothProps) {
  const { t } = useText(resourceWords);
  if (reasons.length === 0) return null;
  const isQuiet = [check.file, check.issue].every(({ outcome }) => outcomeTone[outcome] === 'quiet');
  return (
    <Panel title={t.resource.reasonsOfBoth}>
      <ResourceReasons reasons={reasons} about={about} quiet={isQuiet} />
    </Panel>
  );
}

/** Under which rules it was decided. */
function PolicyLine({ policy, product }: Pick<Resource['check'], 'policy'> & { readonly product: BothTexts }) {
  const { t, day, pick } = useText(resourceWords);
  if (!policy) return <p className="faint">{t.resource.noPolicy}</p>;
  return (
    <p className="faint">
      {t.resource.policy} <Link to={`/rules?product=${policy.id}`}>{pick(product)}</Link>
      {policy.validFrom && ` (${day(policy.validFrom)} –)`}{' '}
      <Particulars code={policy.id} source={policy.source.join(', ')} />
    </p>
  );
}

/** A grey button that says why it is. */
function Greyed({ label, why }: { readonly label: string; readonly why: string }) {
  return (
    <Tooltip title={why}>
      <Button disabled>{label}</Button>
    </Tooltip>
  );
}

/** What is known of a resource, and until when it qualifies. */
export function FactsPanel({ resource }: { readonly resource: Resource }) {
  const { t, day } = useText(resourceWords);
  return (
    <Panel title={t.resource.facts}>
      <dl className="facts">
        <div>
          <dt>{t.resource.owner}</dt>
          <dd>
            <AccountName id={resource.accountId} whole />
          </dd>
        </div>
        {factsOf(resource, t).map((fact) => (
          <div key={fact.key}>
            <dt>{fact.label}</dt>
            <dd style={{ whiteSpace: 'pre-line' }}>{fact.value}</dd>
          </div>
        ))}
        <div>
          <dt title={t.resource.goodUntilHint}>{t.resource.goodUntil}</dt>
          <dd>{day(passesUntil(resource))}</dd>
        </div>
      </dl>
    </Panel>
  );
}
