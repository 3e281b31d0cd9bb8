import { dayOf } from '@openbeian/model/calendar';
import type { RuleBook, RuleRow } from '@openbeian/model/rule-book';
import { Button, Input } from 'antd';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { DayField } from '../../parts/day-field.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { useShown } from './address.ts';
import { ProductRules } from './product-rules.tsx';
import { ProvinceRules } from './province-rules.tsx';
import { RuleIndex } from './rule-index.tsx';
import './rules.css';
import { rulesWords } from './words.ts';

/** The rules that decide here, by cloud and province. */
export function RulesPage() {
  const book = useAnswer('getRuleBook', {});
  const deployment = useAnswer('getDeployment', {});
  return (
    <Loaded query={book}>
      {(rules) => <Loaded query={deployment}>{({ now }) => <Rules book={rules} today={dayOf(now)} />}</Loaded>}
    </Loaded>
  );
}

function Rules({ book, today }: { readonly book: RuleBook; readonly today: string }) {
  const { t, pick } = useText(rulesWords);
  const address = useShown(today);
  const { shown, change, linkTo } = address;
  useJumpToHash();
  const provider = book.providers.find(({ products }) => products.some(({ id }) => id === shown.product));
  const product = provider?.products.find(({ id }) => id === shown.product);
  const province = book.provinces.find(({ code }) => (code ?? 'all') === shown.province);
  const part = shown.product ?? shown.province;
  const rows = [
    ...(product?.versions.flatMap((version) => version.rows) ?? []),
    ...(product === undefined ? [] : (provider?.accounts ?? [])),
    ...(province?.rules.flatMap((rule) => rule.rows) ?? []),
  ];
  const found =
    product !== undefined && provider !== undefined
      ? `${pick(provider.name)} · ${pick(product.name)}`
      : province && pick(province.name);
  return (
    <Page
      title={found ?? t.rules.title}
      lead={part === null ? t.rules.lead : undefined}
      crumbs={part === null ? [] : [{ to: linkTo({}), label: t.rules.back }]}
      actions={<Button onClick={() => window.print()}>{t.rules.print}</Button>}
    >
      <div className="bar rules-bar screen-only">
        {part === null && (
          <Input.Search
            allowClear
            value={shown.search}
            onChange={(event) => change({ q: event.target.value })}
            placeholder={t.rules.search}
            aria-label={t.rules.search}
            style={{ maxWidth: 360 }}
          />
        )}
        <label className="row">
          {t.rules.at}
          <DayField value={shown.at} onChange={(day) => change({ at: day })} />
        </label>
      </div>
      {part === null && <RuleIndex book={book} shown={shown} linkTo={linkTo} />}
      {provider && product && <ProductRules book={book} provider={provider} product={product} address={address} />}
      {province && <ProvinceRules province={province} address={address} />}
      {part !== null && found === undefined && (
        <Panel>
          <Empty title={t.rules.missing} />
        </Panel>
      )}
      {found !== undefined && <Sources book={book} rows={rows} />}
    </Page>
  );
}

/** The documents that the rows are taken from. */
function Sources({ book, rows }: { readonly book: RuleBook; readonly rows: readonly RuleRow[] }) {
  const { t, pick } = useText(rulesWords);
  const named = new Set(rows.flatMap(({ sources }) => sources));
  return (
    <Panel title={t.rules.sources}>
      <dl className="rule-sources">
        {book.sources
          .filter(({ label }) => named.has(label))
          .map(({ label, title, published, url }) => (
            <div key={label} id={`source-${label}`}>
              <dt className="mono">{label}</dt>
              <dd>
                {pick(title)} · <span className="faint">{pick(published)}</span>
                <br />
                {url === null ? (
                  <span className="faint">{t.rules.noAddress}</span>
                ) : (
                  <a href={url} target="_blank" rel="noreferrer">
                    {url}
                  </a>
                )}
              </dd>
            </div>
          ))}
      </dl>
    </Panel>
  );
}

/** The rows come after the page was opened, so the browser has not found the place in the address yet. */
function useJumpToHash() {
  const { hash } = useLocation();
  useEffect(() => {
    if (hash !== '') document.getElementById(decodeURIComponent(hash.slice(1)))?.scrollIntoView?.();
  }, [hash]);
}
