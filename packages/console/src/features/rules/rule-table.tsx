import { type ComparedRow, groupNames, isDifferent, type RuleRow, type RuleTest } from '@openbeian/model/rule-book';
import { Fragment } from 'react';
import { useText } from '../../language/language.tsx';
import { rulesWords } from './words.ts';

interface RuleTableProps {
  readonly rows: readonly RuleRow[];
  readonly label: string;
}

/** The rows of a product, a provider's accounts or a rule of a province, in their groups. */
export function RuleTable({ rows, label }: RuleTableProps) {
  const { t, pick } = useText(rulesWords);
  return (
    <table className="rule-table" aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t.rules.ask}</th>
          <th scope="col">{t.rules.value}</th>
          <th scope="col">{t.app.source}</th>
          <th scope="col">{t.rules.test}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Fragment key={row.key}>
            {row.group !== rows[index - 1]?.group && <GroupRow group={row.group} columns={4} />}
            <tr id={row.key}>
              <th scope="row">{pick(row.label)}</th>
              <td>{pick(row.value)}</td>
              <td data-label={t.app.source}>
                <SourceLinks labels={row.sources} />
              </td>
              <td>
                <TestList tests={row.tests} />
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

interface CompareTableProps {
  readonly rows: readonly ComparedRow[];
  readonly left: string;
  readonly right: string;
  /** By which sources each side says it, where no list of them is on the page. */
  readonly withSources?: boolean;
}

/** Two sides, with the rows in which they differ marked by colour, sign and words. */
export function CompareTable({ rows, left, right, withSources = false }: CompareTableProps) {
  const { t, pick } = useText(rulesWords);
  const side = (row: RuleRow | null) =>
    row === null ? (
      <span className="faint">{t.rules.notAsked}</span>
    ) : (
      <>
        {pick(row.value)}
        {withSources && row.sources.length > 0 && <div className="mono faint">{row.sources.join(', ')}</div>}
      </>
    );
  const groupOf = (row: ComparedRow | undefined) => (row?.left ?? row?.right)?.group;
  return (
    <table className="rule-table compared" aria-label={t.rules.compare}>
      <thead>
        <tr>
          <th scope="col">{t.rules.ask}</th>
          <th scope="col">{left}</th>
          <th scope="col">{right}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => {
          const asked = row.left ?? row.right;
          if (asked === null) return null;
          const differs = isDifferent(row);
          return (
            <Fragment key={row.key}>
              {asked.group !== groupOf(rows[index - 1]) && <GroupRow group={asked.group} columns={3} />}
              <tr className={differs ? 'differs' : ''}>
                <th scope="row">
                  {pick(asked.label)}
                  {differs && <span className="differs-mark">{t.rules.different}</span>}
                </th>
                <td data-label={left}>{side(row.left)}</td>
                <td data-label={right}>{side(row.right)}</td>
              </tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}

function GroupRow({ group, columns }: { readonly group: RuleRow['group']; readonly columns: number }) {
  const { pick } = useText(rulesWords);
  return (
    <tr className="group">
      <th scope="colgroup" colSpan={columns}>
        {pick(groupNames[group])}
      </th>
    </tr>
  );
}

function SourceLinks({ labels }: { readonly labels: readonly string[] }) {
  return (
    <span className="mono">
      {labels.map((label, index) => (
        <Fragment key={label}>
          {index > 0 && ', '}
          <a href={`#source-${label}`}>{label}</a>
        </Fragment>
      ))}
    </span>
  );
}

/** Test cases, folded away: many rules have some. */
export function TestList({ tests, summary }: { readonly tests: readonly RuleTest[]; readonly summary?: string }) {
  const { t } = useText(rulesWords);
  if (tests.length === 0) return null;
  return (
    <details>
      <summary>{summary ?? t.rules.tests(tests.length)}</summary>
      <ul className="rule-tests">
        {tests.map(({ name, place }) => (
          <li key={place}>
            {name} <span className="mono faint">{place}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
