import type { AnswerOf } from '../../api/client.ts';
import { useText } from '../../language/language.tsx';
import { Panel } from '../../parts/panel.tsx';
import { filingWords } from './words.ts';

/** What happened, the newest first. */
export function History({ events }: { readonly events: AnswerOf<'getFiling'>['events'] }) {
  const { t, pick, instant, word } = useText(filingWords);
  // The server gives them in the order in which they happened; several may share one instant.
  const rows = events.map((event, index) => ({ ...event, index })).reverse();
  return (
    <Panel title={t.filing.history}>
      <ol className="history">
        {rows.map((event) => (
          <li key={event.index}>
            <p>{pick(event.text)}</p>
            <p className="faint number">
              {instant(event.at)} · {word({ ...t.role, system: t.filing.owners.worker }, event.actorRole)}
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
