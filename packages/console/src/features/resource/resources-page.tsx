import { Input, Segmented } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { call, type InputOf } from '../../api/client.ts';
import type { Decision, Resource } from '../../api/shapes.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { AccountName } from '../../parts/account-name.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { State } from '../../parts/state.tsx';
import { useAddressText } from '../../parts/use-address-text.ts';
import { useSession } from '../session/session-context.tsx';
import { outcomeTone } from './outcome.ts';
import { passesUntil } from './passes-until.ts';
import { resourceWords } from './words.ts';

const filters = ['all', 'file', 'issue', 'blocked'] as const;
type ResourceFilter = (typeof filters)[number];

export function ResourcesPage() {
  const { t, day } = useText(resourceWords);
  const session = useSession();
  const { resources, query, pages, search, filter, isNarrowed, change } = useResources();
  const columns = useColumns(session.role !== 'customer');
  return (
    <Page
      title={session.role === 'customer' ? t.resource.mine : t.resource.title}
      lead={t.resource.lead}
      topic="page:resources"
    >
      <Loaded query={resources}>
        {(answer) =>
          answer.resources.length === 0 && answer.next === null && !isNarrowed ? (
            <Panel>
              <Empty title={t.resource.empty} hint={t.resource.emptyHint} />
            </Panel>
          ) : (
            <>
              <div className="bar">
                <ResourceFilters search={search} filter={filter} onChange={change} />
                <span className="faint push">{t.resource.asOf(day(answer.at))}</span>
              </div>
              <Panel flush>
                <Listing
                  exported={readResources(query)}
                  name="resources"
                  label={t.resource.title}
                  rows={answer.resources}
                  rowKey={(row) => row.id}
                  columns={columns}
                  empty={<Empty title={t.resource.noMatch} />}
                  pages={pages}
                  next={answer.next}
                />
              </Panel>
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

/** The list that the page's address asks for, and how to change what it asks. */
function useResources() {
  const [params] = useSearchParams();
  const accountId = params.get('account');
  const [search, setSearch] = useAddressText('search');
  const [shown, setShown] = useAddressText('show');
  const filter = filters.find((known) => known === shown) ?? 'all';
  const isNarrowed = search.trim() !== '' || filter !== 'all';
  const pages = useAddressPages(JSON.stringify([accountId, search, filter]));
  const query = {
    show: filter,
    ...(accountId && { accountId }),
    ...(search.trim() && { search: search.trim() }),
  };
  const resources = useAnswer('listResources', { query: { ...query, ...pages.query } }, { keepPrevious: true });
  const change = (name: 'search' | 'show', value: string) =>
    name === 'search' ? setSearch(value) : setShown(value === 'all' ? '' : value);
  return { resources, query, pages, search, filter, isNarrowed, change };
}

/** All that the filter finds, page after page. */
const readResources =
  (query: NonNullable<InputOf<'listResources'>['query']>): ReadPage<Resource> =>
  async (after) => {
    const page = await call('listResources', { query: { ...query, limit: 500, ...(after ? { after } : {}) } });
    return { rows: page.resources, next: page.next };
  };

interface ResourceFiltersProps {
  readonly search: string;
  readonly filter: ResourceFilter;
  readonly onChange: (name: 'search' | 'show', value: string) => void;
}

function ResourceFilters({ search, filter, onChange }: ResourceFiltersProps) {
  const { t } = useText(resourceWords);
  return (
    <>
      <Input
        allowClear
        value={search}
        maxLength={200}
        onChange={(event) => onChange('search', event.target.value)}
        placeholder={t.resource.filter}
        aria-label={t.resource.filter}
        style={{ width: 280, maxWidth: '100%' }}
      />
      <Segmented<ResourceFilter>
        value={filter}
        onChange={(value) => onChange('show', value)}
        options={[
          { value: 'all', label: t.app.all },
          { value: 'file', label: t.resource.onlyFile },
          { value: 'issue', label: t.resource.onlyIssue },
          { value: 'blocked', label: t.resource.onlyBlocked },
        ]}
      />
    </>
  );
}

function useDecisionColumns(): Column<Resource>[] {
  const { t } = useText(resourceWords);
  return [
    {
      key: 'file',
      label: t.resource.file,
      render: (row) => <DecisionCell decision={row.check.file} />,
      text: (row) => t.outcome[row.check.file.outcome],
    },
    {
      key: 'issue',
      label: t.resource.issue,
      render: (row) => <DecisionCell decision={row.check.issue} />,
      text: (row) => t.outcome[row.check.issue.outcome],
    },
  ];
}

function useColumns(withOwner: boolean): Column<Resource>[] {
  const { t, pick, word, day } = useText(resourceWords);
  const owner: Column<Resource> = {
    key: 'owner',
    label: t.resource.owner,
    render: (row) => <AccountName id={row.accountId} />,
    text: (row) => row.accountId,
  };
  return [
    {
      key: 'id',
      label: t.resource.name,
      onCard: 'title',
      text: (row) => row.id,
      render: (row) => (
        <div>
          <Link to={`/resources/${encodeURIComponent(row.id)}`} className="mono">
            {row.id}
          </Link>
          <div className="soft">{pick(row.productName)}</div>
        </div>
      ),
    },
    ...(withOwner ? [owner] : []),
    {
      key: 'product',
      label: t.resource.product,
      isExtra: true,
      render: (row) => pick(row.productName),
      text: (row) => pick(row.productName),
    },
    {
      key: 'region',
      label: t.resource.region,
      text: (row) => (typeof row.facts.region === 'string' ? row.facts.region : null),
      render: (row) => (typeof row.facts.region === 'string' ? word(t.factValue, row.facts.region) : '—'),
    },
    {
      key: 'expires',
      label: t.resource.expires,
      render: (row) => <span className="number">{day(row.facts.expiresAt as string | undefined)}</span>,
      text: (row) => (typeof row.facts.expiresAt === 'string' ? row.facts.expiresAt : null),
    },
    ...useDecisionColumns(),
    {
      key: 'goodUntil',
      label: t.resource.goodUntil,
      render: (row) => (
        <span className="number" title={t.resource.goodUntilHint}>
          {day(passesUntil(row))}
        </span>
      ),
      text: (row) => passesUntil(row),
    },
  ];
}

/** The outcome, and beside it the quota left where it may, the number of reasons where it may not. */
function DecisionCell({ decision }: { readonly decision: Decision }) {
  const { t } = useText(resourceWords);
  const { quota } = decision;
  return (
    <div>
      <State tone={outcomeTone[decision.outcome]}>{t.outcome[decision.outcome]}</State>
      {decision.outcome === 'eligible'
        ? quota?.limit != null && (
            <div className="faint number">
              {t.resource.quota} {quota.remaining} / {quota.limit}
            </div>
          )
        : decision.reasons.length > 0 && (
            <div className="faint">{t.resource.reasonsCount(decision.reasons.length)}</div>
          )}
    </div>
  );
}
