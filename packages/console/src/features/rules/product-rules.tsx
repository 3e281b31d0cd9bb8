import {
  type BookProduct,
  type BookProvider,
  compareRows,
  inForceOn,
  isDifferent,
  type RuleBook,
  termOfValidity,
  versionOn,
} from '@openbeian/model/rule-book';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { Shown, useShown } from './address.ts';
import { CompareBar } from './compare-bar.tsx';
import { CompareTable, RuleTable, TestList } from './rule-table.tsx';
import { rulesWords } from './words.ts';

interface ProductRulesProps {
  readonly book: RuleBook;
  readonly provider: BookProvider;
  readonly product: BookProduct;
  readonly address: ReturnType<typeof useShown>;
}

/** One product on a day, alone or beside another product or day. */
export function ProductRules({ book, provider, product, address }: ProductRulesProps) {
  const { t } = useText(rulesWords);
  const { shown } = address;
  const other = otherSide(book, product, shown);
  const sameCloud = other?.provider.id === provider.id;
  // Accounts differ between clouds only.
  const rowsOf = (side: BookProvider, of: BookProduct, day: string) => [
    ...(versionOn(of, day)?.rows ?? []),
    ...(sameCloud ? [] : side.accounts),
  ];
  const compared =
    other === null
      ? null
      : compareRows(rowsOf(provider, product, shown.at), rowsOf(other.provider, other.product, other.at));
  const nameOf = (of: BookProduct, day: string) =>
    other?.product.id === product.id ? day : `${of.id}${other?.at === shown.at ? '' : ` ${day}`}`;
  return (
    <>
      <Panel title={t.rules.compare}>
        <CompareBar book={book} address={address} compared={compared} />
        {compared !== null && other !== null && (
          <CompareTable
            rows={shown.onlyDifferent ? compared.filter(isDifferent) : compared}
            left={nameOf(product, shown.at)}
            right={nameOf(other.product, other.at)}
          />
        )}
      </Panel>
      {compared === null && <OneVersion product={product} at={shown.at} />}
      {product.versions.length > 1 && <Versions product={product} address={address} />}
      {provider.accounts.length > 0 && compared === null && (
        <Panel title={t.rules.accounts}>
          <RuleTable rows={provider.accounts} label={t.rules.accounts} />
        </Panel>
      )}
    </>
  );
}

function OneVersion({ product, at }: { readonly product: BookProduct; readonly at: string }) {
  const { t, pick } = useText(rulesWords);
  const version = versionOn(product, at);
  return (
    <Panel title={t.rules.value} beside={<span className="mono faint">{product.id}</span>}>
      {version === null ? (
        <Empty title={t.rules.notKnown(at)} />
      ) : (
        <>
          <p className="faint">
            {t.rules.inForce} {pick(termOfValidity(version, at))}
          </p>
          <RuleTable rows={version.rows} label={pick(product.name)} />
        </>
      )}
      <TestList tests={product.tests} summary={t.rules.allTests(product.tests.length)} />
    </Panel>
  );
}

/** The times for which rules of the product are known; each leads to its last day. */
function Versions({ product, address: { shown, change } }: Pick<ProductRulesProps, 'product' | 'address'>) {
  const { t, pick } = useText(rulesWords);
  return (
    <Panel title={t.rules.versions}>
      <ul className="rule-versions">
        {product.versions.map((one) => (
          <li key={one.validFrom ?? ''}>
            <button
              type="button"
              className="help-link"
              aria-current={inForceOn(one, shown.at)}
              onClick={() => change({ at: one.validTo ?? one.validFrom })}
            >
              {pick(termOfValidity(one, shown.at))}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What the product is compared with; null: nothing, or a product that is not known. */
function otherSide(book: RuleBook, product: BookProduct, { at, withProduct, onDay }: Shown) {
  if (withProduct === null && onDay === null) return null;
  const wanted = withProduct ?? product.id;
  for (const provider of book.providers) {
    const found = provider.products.find(({ id }) => id === wanted);
    if (found !== undefined) return { provider, product: found, at: onDay ?? at };
  }
  return null;
}
