import { Link } from 'react-router';
import { useAnswer } from '../../api/use-answer.ts';
import { useText } from '../../language/language.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { FindingView } from './finding-view.tsx';
import './operations.css';
import { PartActions } from './part-actions.tsx';
import type { Item, Operations } from './shapes.ts';
import { StateMark } from './state-mark.tsx';
import { operationsWords } from './words.ts';

/** Items that are looked at together, in the order in which one asks what is wrong. */
const groups = {
  processes: ['database', 'replica', 'migrations', 'servers', 'workers', 'clock'],
  gates: ['gates'],
  authority: ['lines', 'reconciliation'],
  work: ['parked', 'hand_overs', 'messages', 'events', 'inventory_syncs'],
  notices: ['webhooks', 'mail'],
  safety: ['keys', 'files', 'certificate'],
} as const satisfies Record<string, readonly Item['id'][]>;

/** What runs and what does not, each with what to do about it. */
export function OperationsPage() {
  const { t } = useText(operationsWords);
  const answer = useAnswer('getOperations', {}, { refreshMs: 10_000 });
  return (
    <Page title={t.operations.title} lead={t.operations.lead} topic="page:operations">
      <Loaded query={answer}>
        {(found) => (
          <>
            <Overall found={found} />
            {Object.entries(groups).map(([group, ids]) => (
              <Group
                key={group}
                // The keys of the table.
                title={t.operations.groups[group as keyof typeof groups]}
                items={found.items.filter(({ id }) => (ids as readonly string[]).includes(id))}
              />
            ))}
          </>
        )}
      </Loaded>
      <UsualTasks />
    </Page>
  );
}

/** One line that says whether anything is to be done, and leads to it. */
function Overall({ found }: { readonly found: Operations }) {
  const { t } = useText(operationsWords);
  const { state, failing, attention, unknown, items } = found;
  const troubled = items.filter((one) => one.state === 'failing' || one.state === 'attention');
  const count = failing + attention;
  return (
    <section className={`operations-overall ${state}`} role="status" aria-label={t.operations.overall}>
      <StateMark state={state} large>
        {count === 0 ? t.operations.allWell : t.operations.toDo(count)}
      </StateMark>
      {troubled.length > 0 && (
        <ul className="row">
          {troubled.map(({ id }) => (
            <li key={id}>
              <a href={`#${anchorOf(id)}`}>{t.operations.items[id]}</a>
            </li>
          ))}
        </ul>
      )}
      {unknown > 0 && <span className="soft">{t.operations.notKnown(unknown)}</span>}
    </section>
  );
}

const anchorOf = (id: Item['id']): string => `operations-${id}`;

function Group({ title, items }: { readonly title: string; readonly items: readonly Item[] }) {
  if (items.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className="operations-items">
        {items.map((item) => (
          <ItemView key={item.id} item={item} />
        ))}
      </ul>
    </Panel>
  );
}

function ItemView({ item }: { readonly item: Item }) {
  const { t, pick } = useText(operationsWords);
  const { id, parts } = item;
  const name = t.operations.items[id];
  return (
    <li id={anchorOf(id)} tabIndex={-1} className="operations-item">
      <h3>{name}</h3>
      <FindingView finding={item} linkTo={name} />
      {parts.length > 0 && (
        <ul className="operations-parts" aria-label={name}>
          {parts.map((part) => (
            <li key={part.id}>
              <strong className="wrap">{pick(part.name)}</strong>
              <FindingView finding={part.link === item.link ? { ...part, link: null } : part} linkTo={pick(part.name)}>
                {part.action !== null && <PartActions name={pick(part.name)} action={part.action} />}
              </FindingView>
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What operators come here for besides. */
function UsualTasks() {
  const { t } = useText(operationsWords);
  const { cancel, repair, jobs, audit } = t.operations.tasks;
  return (
    <Panel title={t.operations.tasksTitle}>
      <ul className="operations-tasks">
        {(
          [
            ['/records?state=filed', cancel],
            ['/authority', repair],
            ['/jobs', jobs],
            ['/audit', audit],
          ] as const
        ).map(([to, { label, hint }]) => (
          <li key={to}>
            <Link to={to}>{label}</Link> <span className="soft">{hint}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
