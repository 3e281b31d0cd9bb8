import { Button, Checkbox } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { problemParts } from '../../api/problem-parts.ts';
import type { FilingForm } from '../../api/shapes.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Panel } from '../../parts/panel.tsx';
import { Particulars } from '../../parts/particulars.tsx';
import { lookUpWords } from './look-up-words.ts';
import { reviewWords } from './words.ts';

type Items = NonNullable<FilingForm['checkList']>;
type Ticks = AnswerOf<'getReview'>['ticks'];
type LookUps = AnswerOf<'getReview'>['lookUps'];

/** Ticks rules of a filing's check list, or takes ticks back. */
export function useTicks(filingId: string) {
  const { pick } = useText();
  const message = useMessage();
  const command = useCommand('tickChecks');
  return (rules: readonly string[], ticked: boolean) => {
    if (rules.length === 0) return;
    command.mutate(
      { params: { filingId }, body: { rules: [...rules], ticked } },
      { onError: (error) => message.error(pick(problemParts(error).text)) },
    );
  };
}

interface CheckListProps {
  readonly items: FilingForm['checkList'];
  readonly ticks?: Ticks;
  readonly lookUps?: LookUps;
  readonly required?: boolean;
  /** Left out: nothing can be ticked now. */
  readonly onTick?: (rules: readonly string[], ticked: boolean) => void;
}

/** What only the reviewer can decide, by topic: what the rules ask that no check answers. Each is ticked when it was looked at. */
export function CheckList({ items, ticks = [], lookUps = [], required = false, onTick }: CheckListProps) {
  const { t, pick } = useText(reviewWords);
  if (items === null || items.length === 0) return null;
  const groups = new Map<string, Items>();
  for (const item of items) groups.set(item.topic, [...(groups.get(item.topic) ?? []), item]);
  const left = items.map(({ rule }) => rule).filter((rule) => !ticks.some((tick) => tick.rule === rule));
  return (
    <Panel
      title={t.review.checkList}
      actions={
        onTick &&
        left.length > 0 && (
          <Button size="small" onClick={() => onTick(left, true)}>
            {t.review.tickAll} <kbd aria-hidden="true">T</kbd>
          </Button>
        )
      }
    >
      <p className="soft">
        {t.review.checkListLead}
        {required && ` ${t.review.ticksRequired}`}
      </p>
      {[...groups].map(([topic, own]) => (
        <section key={topic} className="ticks" aria-label={pick(own[0]?.topicText)}>
          <h3>{pick(own[0]?.topicText)}</h3>
          <ul>
            {own.map((item) => (
              <CheckItem
                key={item.rule}
                item={item}
                lookUp={lookUps.find(({ name }) => name === item.lookUp)}
                tick={ticks.find(({ rule }) => rule === item.rule)}
                {...(onTick && { onTick })}
              />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}

interface CheckItemProps {
  readonly item: Items[number];
  readonly tick: Ticks[number] | undefined;
  readonly lookUp: LookUps[number] | undefined;
  readonly onTick?: (rules: readonly string[], ticked: boolean) => void;
}

function CheckItem({ item, tick, lookUp, onTick }: CheckItemProps) {
  const { t, pick, instant } = useText(reviewWords, lookUpWords);
  return (
    <li>
      <Checkbox
        checked={tick !== undefined}
        disabled={onTick === undefined}
        onChange={(event) => onTick?.([item.rule], event.target.checked)}
      >
        {pick(item.message)}
      </Checkbox>
      <div className="about">
        {tick !== undefined && (
          <span className="state good">{t.review.tickedBy(tick.by.name ?? tick.by.id, instant(tick.at))}</span>
        )}
        <span>{t.review.because[item.because]}</span>
        {item.missing.length > 0 && (
          <span>
            {t.review.notKnown}
            {item.missing.map((fact) => pick(fact)).join(t.review.listSeparator)}
          </span>
        )}
        {lookUp !== undefined && (
          <span>
            {lookUp.askedAt !== null && `${t.lookUp.askedAt(instant(lookUp.askedAt))} · `}
            {pick(lookUp.said)}
          </span>
        )}
        <Particulars code={item.rule} source={item.source} asOf={item.asOf} />
      </div>
    </li>
  );
}
