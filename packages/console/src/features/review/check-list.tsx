import type { FilingForm } from '../../api/shapes.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { reviewWords } from './words.ts';

type Items = NonNullable<FilingForm['checkList']>;

/** What only the reviewer can decide, by topic: what the rules ask that no check answers. */
export function CheckList({ items }: { readonly items: FilingForm['checkList'] }) {
  const { t, pick } = useText(reviewWords);
  if (items === null || items.length === 0) return null;
  const groups = new Map<string, Items>();
  for (const item of items) groups.set(item.topic, [...(groups.get(item.topic) ?? []), item]);
  return (
    <Panel title={t.review.checkList}>
      <p className="soft">{t.review.checkListLead}</p>
      {[...groups].map(([topic, own]) => (
        <section key={topic} aria-label={pick(own[0]?.topicText)}>
          <h3>{pick(own[0]?.topicText)}</h3>
          <ul>
            {own.map((item) => (
              <CheckItem key={item.rule} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}

function CheckItem({ item }: { readonly item: Items[number] }) {
  const { t, pick } = useText(reviewWords);
  return (
    <li className="reason quiet">
      <div className="what">{pick(item.message)}</div>
      {item.missing.length > 0 && (
        <p className="remedy">
          <b>{t.review.notKnown}</b>
          {item.missing.map((fact) => pick(fact)).join(t.review.listSeparator)}
        </p>
      )}
      <div className="foot">
        <span>{t.review.because[item.because]}</span>
        <span>
          {t.part.rule} <span className="mono">{item.rule}</span>
        </span>
        {item.source && (
          <span>
            {t.app.source} {item.source} · {item.asOf}
          </span>
        )}
      </div>
    </li>
  );
}
