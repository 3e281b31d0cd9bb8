import {
  type BookProduct,
  type BookProvider,
  briefOf,
  productMatches,
  type RuleBook,
  rulesOfProvince,
  termOfValidity,
  versionOn,
} from '@openbeian/model/rule-book';
import { Link } from 'react-router';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import { State } from '../../parts/state.tsx';
import type { Shown, useShown } from './address.ts';
import { rulesWords } from './words.ts';

interface RuleIndexProps {
  readonly book: RuleBook;
  readonly shown: Shown;
  readonly linkTo: ReturnType<typeof useShown>['linkTo'];
}

/** Every product and province, with what is asked in brief. */
export function RuleIndex({ book, shown: { search, at }, linkTo }: RuleIndexProps) {
  const { t, pick } = useText(rulesWords);
  const wanted = search.trim().toLowerCase();
  const clouds = book.providers.flatMap((provider) => {
    const named = wanted !== '' && `${provider.name.zh} ${provider.name.en}`.toLowerCase().includes(wanted);
    const products = provider.products.filter((product) => named || productMatches(product, search, at));
    return products.length === 0 ? [] : [{ provider, products }];
  });
  return (
    <>
      {wanted === '' && (
        <Panel title={t.rules.provinces}>
          <ul className="rule-provinces">
            {book.provinces.map((province) => (
              <li key={province.code ?? 'all'}>
                <Link to={linkTo({ province: province.code ?? 'all' })}>{pick(province.name)}</Link>{' '}
                <span className="faint">{rulesOfProvince(province, at).length}</span>
              </li>
            ))}
          </ul>
          <p className="faint">{t.rules.provincesPrevail}</p>
        </Panel>
      )}
      {clouds.length === 0 && (
        <Panel>
          <Empty title={t.rules.noMatch} hint={t.rules.noMatchHint} />
        </Panel>
      )}
      {clouds.map(({ provider, products }) => (
        <Panel
          key={provider.id}
          title={pick(provider.name)}
          beside={provider.fictional && <State tone="quiet">{t.rules.fictional}</State>}
        >
          <ProductTable provider={provider} products={products} at={at} linkTo={linkTo} />
        </Panel>
      ))}
    </>
  );
}

interface ProductTableProps extends Pick<RuleIndexProps, 'linkTo'> {
  readonly provider: BookProvider;
  readonly products: readonly BookProduct[];
  readonly at: string;
}

function ProductTable({ provider, products, at, linkTo }: ProductTableProps) {
  const { t, pick } = useText(rulesWords);
  return (
    <table className="rule-table" aria-label={pick(provider.name)}>
      <thead>
        <tr>
          <th scope="col">{t.rules.product}</th>
          <th scope="col">{t.rules.brief}</th>
          <th scope="col">{t.rules.inForce}</th>
        </tr>
      </thead>
      <tbody>
        {products.map((product) => {
          const version = versionOn(product, at);
          return (
            <tr key={product.id}>
              <th scope="row">
                <Link to={linkTo({ product: product.id })}>{pick(product.name)}</Link>
                <div className="mono faint">{product.id}</div>
              </th>
              <td>
                {version !== null &&
                  briefOf(version).map((row) => (
                    <div key={row.key}>
                      <span className="faint">{pick(row.label)}</span> {pick(row.value)}
                    </div>
                  ))}
              </td>
              <td data-label={t.rules.inForce}>
                {version === null ? t.rules.notKnown(at) : pick(termOfValidity(version, at))}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
