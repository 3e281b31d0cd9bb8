import { useSearchParams } from 'react-router';
import { type AnswerOf, call, type InputOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import type { Language } from '../../language/words.ts';
import { Empty } from '../../parts/empty.tsx';
import { later } from '../../parts/later.tsx';
import { Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { useAddressPages } from '../../parts/page-turner.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { ReadPage } from '../../parts/read-all.ts';
import { type AuditRow, useAuditColumns } from './audit-columns.tsx';
import { type AuditFilter, auditFilterOf, auditQueryOf, changedParams } from './audit-filter.ts';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { auditWords } from './words.ts';

const ChainPanel = later(async () => (await import('./chain-panel.tsx')).ChainPanel);

export function AuditPage() {
  const { t, language } = useText(auditWords);
  const [params, setParams] = useSearchParams();
  const filter = auditFilterOf(params);
  const query = auditQueryOf(filter);
  const pages = useAddressPages(JSON.stringify(query));
  const audit = useAnswer('listAudit', { query: { ...query, ...pages.query } });
  const change = (part: Partial<AuditFilter>) => setParams(changedParams(filter, part));
  const columns = useAuditColumns(change, namesOf(audit.data));
  const named = audit.data?.rows.find(({ actorId }) => actorId === filter.actor);
  return (
    <Page title={t.audit.title} lead={t.audit.lead} topic="page:audit">
      <AuditFilterBar
        filter={filter}
        actorName={named?.actorName ?? null}
        onChange={change}
        onClear={() => setParams({})}
      />
      <ChainPanel />
      <Panel flush>
        <Loaded query={audit}>
          {(answer) => (
            <Listing
              fits
              name="audit"
              exported={readAudit(query, language)}
              label={t.audit.title}
              rows={answer.rows}
              rowKey={(row) => row.id}
              columns={columns}
              empty={<Empty title={t.audit.empty} hint={t.audit.emptyHint} />}
              pages={pages}
              next={answer.next}
            />
          )}
        </Loaded>
      </Panel>
    </Page>
  );
}

const namesOf = (page: Pick<AnswerOf<'listAudit'>, 'names'> | undefined): ReadonlyMap<string, string> =>
  new Map(page?.names.map(({ id, name }) => [id, name]));

/** All that the filter finds, page after page, with its details as people read them. */
const readAudit =
  (query: NonNullable<InputOf<'listAudit'>['query']>, language: Language): ReadPage<AuditRow> =>
  async (after) => {
    const [{ detailText }, page] = await Promise.all([
      import('./detail-lines.ts'),
      call('listAudit', { query: { ...query, limit: 500, ...(after ? { after } : {}) } }),
    ]);
    const reader = { language, names: namesOf(page) };
    return { rows: page.rows.map((row) => ({ ...row, said: detailText(row.detail, reader) })), next: page.next };
  };
