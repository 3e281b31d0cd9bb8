import {
  type BookProvince,
  type BookProvinceRule,
  compareRows,
  isDifferent,
  otherRulesOf,
  rulesOfProvince,
  standingOf,
} from '@openbeian/model/rule-book';
import { useText } from '../../language/language.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Panel } from '../../parts/panel.tsx';
import type { useShown } from './address.ts';
import { CompareBar } from './compare-bar.tsx';
import { CompareTable, RuleTable } from './rule-table.tsx';
import { rulesWords } from './words.ts';

interface ProvinceRulesProps {
  readonly province: BookProvince;
  readonly address: ReturnType<typeof useShown>;
}

/** The rules of one province on a day, alone or beside another day. */
export function ProvinceRules({ province, address }: ProvinceRulesProps) {
  const { t, pick } = useText(rulesWords);
  const { at, onDay, onlyDifferent } = address.shown;
  const rules = rulesOfProvince(province, at);
  const rowsOn = (day: string) => rulesOfProvince(province, day).flatMap(({ rows }) => rows);
  const others = otherRulesOf(province, at);
  const checkList = rules.filter(({ effect }) => effect === 'human');
  const panelOf = (rule: BookProvinceRule) => (
    <Panel key={`${rule.id} ${rule.validFrom}`} title={<span className="mono">{rule.id}</span>}>
      <p className="faint">
        {pick(standingOf(rule, at))} · {t.rules.asOf(rule.asOf)}
      </p>
      <RuleTable rows={rule.rows} label={rule.id} />
    </Panel>
  );
  const compared = onDay === null ? null : compareRows(rowsOn(at), rowsOn(onDay));
  return (
    <>
      <Panel title={t.rules.compare}>
        <CompareBar address={address} compared={compared} />
        {compared !== null && (
          <CompareTable rows={onlyDifferent ? compared.filter(isDifferent) : compared} left={at} right={onDay ?? ''} />
        )}
      </Panel>
      {rules.length === 0 && (
        <Panel>
          <Empty title={t.rules.noRules(at)} />
        </Panel>
      )}
      {compared === null && rules.filter(({ effect }) => effect !== 'human').map(panelOf)}
      {compared === null && checkList.length > 0 && (
        <section aria-label={t.rules.checkList}>
          <h2>{t.rules.checkList}</h2>
          <p className="faint">{t.rules.checkListLead}</p>
          {checkList.map(panelOf)}
        </section>
      )}
      {compared === null && others.length > 0 && (
        <details className="rule-others">
          <summary>{t.rules.otherRules(others.length)}</summary>
          {others.map(panelOf)}
        </details>
      )}
    </>
  );
}
