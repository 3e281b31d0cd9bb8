import { Input, Segmented } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { CopyButton } from '../../parts/copy-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useAddressText } from '../../parts/use-address-text.ts';
import { type ApiDocument, type ApiOperation, operationsOf } from './document.ts';
import { grouped, story } from './groups.ts';
import { OperationView } from './operation-view.tsx';
import { documentPath, useDocument } from './use-document.ts';
import { apiDocsWords } from './words.ts';
import './api-docs.css';

/** What programs can call, made from the OpenAPI document of this very server. */
export function ApiDocsPage() {
  const { t } = useText(apiDocsWords);
  const document = useDocument();
  return (
    <Page
      title={t.api.title}
      lead={t.api.lead}
      topic="page:api-keys"
      actions={
        <a href={documentPath} target="_blank" rel="noreferrer">
          {t.api.document}
        </a>
      }
    >
      <GettingStarted />
      <Loaded query={document}>{(loaded) => <Operations document={loaded} />}</Loaded>
    </Page>
  );
}

function GettingStarted() {
  const { t } = useText(apiDocsWords);
  const key = useAnswer('getDeployment', {}).data?.sampleApiKey;
  return (
    <Panel title={t.api.begin}>
      <ul className="api-notes">
        <li>
          {t.api.key} <Link to="/api-keys">{t.api.apiKey}</Link>
        </li>
        <li>{t.api.send}</li>
        <li>{t.api.versions}</li>
        {key && (
          <li>
            {t.api.sandbox} <code className="mono wrap">{key}</code> <CopyButton text={key} />
            <span className="faint">{t.api.sandboxHint}</span>
          </li>
        )}
      </ul>
    </Panel>
  );
}

function Operations({ document }: { readonly document: ApiDocument }) {
  const { t, pick } = useText(apiDocsWords);
  const all = useMemo(() => operationsOf(document), [document]);
  const [search, setSearch] = useAddressText('search');
  const [shown, setShown] = useAddressText('show');
  const isAll = shown === 'all';
  const wanted = search.trim().toLowerCase();
  const asked = useAskedOperation();
  // What an address names is there, whether or not a key may call it.
  const listed = all.filter(
    (one) => (isAll || one.scope !== null || one.id === asked) && (wanted === '' || textOf(one).includes(wanted)),
  );
  const groups = grouped(listed);
  return (
    <>
      <Panel title={t.api.story}>
        <p className="soft">{t.api.storyLead}</p>
        <ol className="api-story">
          {story.map((id) => {
            const operation = all.find((one) => one.id === id);
            return (
              <li key={id}>
                <a href={`#${id}`}>{operation === undefined ? id : pick(operation.summary)}</a>
              </li>
            );
          })}
        </ol>
      </Panel>
      <div className="bar">
        <Input
          allowClear
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          placeholder={t.api.filter}
          aria-label={t.api.filter}
          style={{ maxWidth: 360 }}
        />
        <Segmented
          aria-label={t.api.shown}
          value={isAll ? 'all' : 'keys'}
          onChange={(value) => setShown(value === 'all' ? 'all' : '')}
          options={[
            { value: 'keys', label: t.api.keysOnly },
            { value: 'all', label: t.api.all },
          ]}
        />
      </div>
      {groups.length === 0 && <Empty title={t.api.none} />}
      {groups.map(([id, own]) => (
        <Panel key={id} title={t.api.groups[id]}>
          {own.map((operation) => (
            <FoldedOperation key={operation.id} document={document} operation={operation} />
          ))}
        </Panel>
      ))}
    </>
  );
}

/** The id in the address, which the browser has looked for before the document came. */
function useAskedOperation(): string {
  const asked = useLocation().hash.slice(1);
  useEffect(() => {
    if (asked !== '') document.getElementById(asked)?.scrollIntoView?.();
  }, [asked]);
  return asked;
}

const textOf = ({ id, path, summary }: ApiOperation): string =>
  `${id} ${path} ${summary.zh} ${summary.en}`.toLowerCase();

/** Its title; the rest is made once it is unfolded, for there are two hundred of them. */
function FoldedOperation({
  document,
  operation,
}: {
  readonly document: ApiDocument;
  readonly operation: ApiOperation;
}) {
  const { pick } = useText();
  const { hash } = useLocation();
  const isAsked = hash === `#${operation.id}`;
  const [isOpen, setOpen] = useState(isAsked);
  return (
    <details
      className="api-operation"
      id={operation.id}
      open={isOpen || isAsked}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <span className={`api-method ${operation.method.toLowerCase()}`}>{operation.method}</span>{' '}
        <span className="api-summary">{pick(operation.summary)}</span> <code className="mono">{operation.path}</code>
      </summary>
      {(isOpen || isAsked) && <OperationView document={document} operation={operation} />}
    </details>
  );
}
