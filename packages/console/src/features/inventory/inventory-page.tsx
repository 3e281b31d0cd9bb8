import { resultsInFull } from '@openbeian/contract';
import { Alert, Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useQuestion } from '../../api/use-question.ts';
import { useText } from '../../language/language.tsx';
import { Choice } from '../../parts/choice.tsx';
import { later } from '../../parts/later.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { resourceWords } from '../resource/words.ts';
import { CheckedInventory } from './checked-inventory.tsx';
import { ChoicesPanel } from './choices-panel.tsx';
import { FailureAlert } from './failure-alert.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import { SourcePanel } from './source-panel.tsx';
import { type Import, useImport } from './use-import.ts';
import type { Progress, Stage } from './use-runs.ts';
import { inventoryWords } from './words.ts';

/** Most deployments have none. */
const SyncsPanel = later(async () => (await import('./syncs-panel.tsx')).SyncsPanel);

/** Loads accounts and resources: what is given, what it would change, and what came of it, one after the other. */
export function InventoryPage() {
  const { t } = useText(inventoryWords);
  const at = useImport();
  const check = useQuestion('checkInventory');
  const [checkedVersion, setCheckedVersion] = useState<number | null>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const { stage } = at;
  useEffect(() => {
    // The outcome is where one looks, however long the text above it.
    if (stage.kind !== 'choosing') outcome.current?.scrollIntoView({ block: 'start' });
  }, [stage.kind]);
  const dryRun = async () => {
    at.clear();
    setCheckedVersion(at.version);
    const prepared = await at.prepared().catch((error: unknown) => at.fail(error, null));
    if (!prepared) return;
    check.mutate({ body: prepared.document }, { onError: (error) => at.fail(error, prepared) });
  };
  const isChecked = stage.kind === 'choosing' && checkedVersion === at.version;
  return (
    <Page title={t.inventory.title} lead={t.inventory.lead} topic="page:inventory">
      <SyncsPanel />
      {stage.kind === 'imported' ? (
        <Imported result={stage.result} onAnother={() => at.give({ name: null, content: '' })} />
      ) : (
        // What is being imported is what was compared.
        <div className="given" inert={at.isImporting}>
          <SourcePanel at={at} />
          <ChoicesPanel at={at} />
          {at.isReadable && <Actions at={at} isChecking={check.isPending} onCheck={() => void dryRun()} />}
        </div>
      )}
      <div ref={outcome} aria-live="polite" style={{ scrollMarginTop: 80 }}>
        <Outcome at={at} />
        {isChecked && check.data && <Checked answer={check.data} />}
      </div>
    </Page>
  );
}

interface ActionsProps {
  readonly at: Import;
  readonly isChecking: boolean;
  readonly onCheck: () => void;
}

function Actions({ at, isChecking, onCheck }: ActionsProps) {
  const { t } = useText(inventoryWords);
  const words = t.inventory.complete;
  return (
    <div className="bar">
      <Choice
        label={words.label}
        value={at.complete}
        width={340}
        onChange={at.setComplete}
        options={(['no', 'accounts', 'all'] as const).map((value) => ({
          value,
          label: t.app.labelled(words.label, words[value]),
        }))}
      />
      <Button type="primary" loading={at.stage.kind === 'running' && !at.isImporting} onClick={() => void at.compare()}>
        {t.inventory.preview.show}
      </Button>
      <Button loading={isChecking} onClick={onCheck}>
        {t.inventory.check}
      </Button>
    </div>
  );
}

function Outcome({ at }: { readonly at: Import }) {
  const { t } = useText(inventoryWords);
  const { stage } = at;
  switch (stage.kind) {
    case 'running':
      return <Running progress={stage.at} isStopping={stage.isStopping} onStop={at.stop} />;
    case 'stopped': {
      const { kind, done, all } = stage.at;
      return (
        <Alert
          role="alert"
          type="warning"
          showIcon
          title={t.inventory.stopped}
          description={t.inventory.stoppedText[kind](done, all)}
        />
      );
    }
    case 'compared':
      return <PreviewPanel at={at} comparison={stage.comparison} />;
    case 'failed':
      return <FailureAlert failure={stage.failure} />;
    default:
      return null;
  }
}

interface RunningProps {
  readonly progress: Progress;
  readonly isStopping: boolean;
  readonly onStop: () => void;
}

function Running({ progress: { kind, done, all }, isStopping, onStop }: RunningProps) {
  const { t } = useText(inventoryWords);
  const { loading, releasing, preview, stop, stopping } = t.inventory;
  const said = { comparing: preview.comparing, importing: loading, releasing }[kind](done, all);
  const percent = all === 0 ? 0 : Math.floor((100 * done) / all);
  return (
    <Panel title={said}>
      <div className="row">
        <progress aria-label={said} value={percent} max={100} style={{ flex: 1 }} />
        <Button disabled={isStopping} onClick={onStop}>
          {isStopping ? stopping : stop}
        </Button>
      </div>
    </Panel>
  );
}

interface ImportedProps {
  readonly result: Extract<Stage, { kind: 'imported' }>['result'];
  readonly onAnother: () => void;
}

function Imported({ result, onAnother }: ImportedProps) {
  const { t } = useText(inventoryWords);
  const { accounts, resources, changed, released, kept } = result;
  return (
    <Panel title={t.inventory.done}>
      <div className="stack">
        <Alert
          type="success"
          showIcon
          title={t.inventory.doneText(accounts, resources)}
          description={
            <>
              <p>{changed === 0 ? t.inventory.unchanged : t.inventory.changedCount(changed)}</p>
              {released > 0 && <p>{t.inventory.released(released)}</p>}
              {kept > 0 && <p>{t.inventory.kept(kept)}</p>}
            </>
          }
        />
        <div className="row">
          <Link to="/resources">{t.inventory.toResources}</Link>
          <Link to="/accounts">{t.inventory.toAccounts}</Link>
          <Button onClick={onAnother}>{t.inventory.another}</Button>
        </div>
      </div>
    </Panel>
  );
}

function Checked({ answer }: { readonly answer: AnswerOf<'checkInventory'> }) {
  const { t, day } = useText(inventoryWords, resourceWords);
  return (
    <Panel
      flush
      title={t.inventory.checked(answer.results.length)}
      beside={<span className="faint">{t.resource.asOf(day(answer.at))}</span>}
    >
      <CheckedInventory results={resultsInFull(answer)} />
    </Panel>
  );
}
