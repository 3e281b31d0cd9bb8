import { findProvince } from '@openbeian/model/province';
import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAnswer } from '../../api/use-answer.ts';
import { useCommand } from '../../api/use-command.ts';
import { useText } from '../../language/language.tsx';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { Empty } from '../../parts/empty.tsx';
import { type Column, Listing } from '../../parts/listing.tsx';
import { Loaded } from '../../parts/loaded.tsx';
import { useMessage } from '../../parts/message.tsx';
import { Page } from '../../parts/page.tsx';
import { Panel } from '../../parts/panel.tsx';
import { ProblemAlert } from '../../parts/problem-alert.tsx';
import { State } from '../../parts/state.tsx';
import { useSession } from '../session/session-context.tsx';
import { CasesPanel } from './cases-panel.tsx';
import { DifferencesPanel } from './differences-panel.tsx';
import { FilesPanel } from './files-panel.tsx';
import { PackagesDialog } from './packages-dialog.tsx';
import { ReconcileButton, ReconciliationsPanel } from './reconciliations-panel.tsx';
import { SectionsBar } from './sections-bar.tsx';
import { authorityWords } from './words.ts';

type Line = AnswerOf<'listAuthorityLines'>['lines'][number];

const tones = { open: 'good', closed: 'warn', stopped: 'bad' } as const;

/** 0: stopped; the higher, the longer it can wait. */
function urgencyOf({ state, downloadsWait, openCases, withOperator }: Line): number {
  if (state !== 'open' || downloadsWait !== null) return state === 'stopped' ? 0 : 1;
  return openCases > 0 || withOperator > 0 ? 2 : 3;
}

/** There are 31: those that somebody has to look at are not to be searched for. The others stay by province. */
const troubledFirst = (lines: readonly Line[]): readonly Line[] =>
  [...lines].sort((one, other) => urgencyOf(one) - urgencyOf(other));

/** The lines to the authorities of the provinces, and what waits on them for an operator. */
export function AuthorityPage() {
  const { t, pick } = useText(authorityWords);
  const lines = useAnswer('listAuthorityLines', {}, { refreshMs: 10_000 });
  const differences = useAnswer('listDifferences', { query: { state: 'open' } }, { refreshMs: 30_000 });
  const nameOf = (code: string) => {
    const province = findProvince(code);
    return province === null ? code : pick(province);
  };
  const columns = useColumns(nameOf);
  const provinceCodes = (lines.data?.lines ?? []).map(({ provinceCode }) => provinceCode);
  return (
    <Page title={t.line.title} lead={t.line.lead} topic="page:authority">
      {lines.data !== undefined && lines.data.lines.length > 0 && (
        <SectionsBar lines={lines.data.lines} differences={differences.data} />
      )}
      <Panel flush>
        <Loaded query={lines}>
          {(answer) => (
            <Listing
              label={t.line.title}
              fits
              rows={troubledFirst(answer.lines)}
              rowKey={(row) => row.provinceCode}
              columns={columns}
              empty={<Empty title={t.line.noLines} hint={t.line.noLinesHint} />}
            />
          )}
        </Loaded>
      </Panel>
      <CasesPanel provinceCodes={provinceCodes} nameOf={nameOf} />
      <DifferencesPanel provinceCodes={provinceCodes} nameOf={nameOf} />
      <ReconciliationsPanel nameOf={nameOf} />
      <FilesPanel provinceCodes={provinceCodes} nameOf={nameOf} />
    </Page>
  );
}

function useColumns(nameOf: (provinceCode: string) => string): Column<Line>[] {
  const { t, instant } = useText(authorityWords);
  return [
    {
      key: 'province',
      label: t.line.province,
      onCard: 'title',
      render: (row) => <strong>{nameOf(row.provinceCode)}</strong>,
    },
    { key: 'state', label: t.line.state, render: (row) => <LineState line={row} /> },
    {
      key: 'last',
      label: t.line.last,
      render: ({ lastAt, lastOperation, lastCode }) =>
        lastAt === null ? (
          t.line.never
        ) : (
          <div>
            <span className="number">{instant(lastAt)}</span>
            <div className="faint wrap">
              <span className="mono">{lastOperation}</span> {lastCode !== null && t.line.code(lastCode)}
            </div>
          </div>
        ),
    },
    {
      key: 'sequence',
      label: t.line.sequence,
      render: ({ acceptedSequence, sendingSince }) => (
        <div>
          <span className="number">{acceptedSequence}</span>
          {sendingSince !== null && <div className="faint">{t.line.unsure}</div>}
        </div>
      ),
    },
    { key: 'waiting', label: t.line.waiting, render: (row) => <span className="number">{row.waiting}</span> },
    {
      key: 'cases',
      label: t.line.openCases,
      render: (row) => <State tone={row.openCases > 0 ? 'warn' : 'quiet'}>{row.openCases}</State>,
    },
    { key: 'actions', label: '', onCard: 'actions', render: (row) => <LineActions line={row} nameOf={nameOf} /> },
  ];
}

function LineState({ line }: { readonly line: Line }) {
  const { t, pick, instant } = useText(authorityWords);
  const { state, closedUntil, stoppedAt, because, downloadsWait } = line;
  const when = state === 'stopped' ? stoppedAt : closedUntil;
  return (
    <div>
      <State tone={state === 'open' && downloadsWait !== null ? 'warn' : tones[state]}>{t.line.states[state]}</State>
      {when !== null && <div className="faint">{t.line[state === 'stopped' ? 'since' : 'until'](instant(when))}</div>}
      {because !== null && (
        <div className="wrap">
          {pick(because)} <span className="faint mono">{because.code}</span>
        </div>
      )}
      {downloadsWait !== null && (
        <div className="wrap">
          {t.line.downloadsWait(instant(downloadsWait.until ?? ''))}
          {downloadsWait.because !== null && (
            <>
              <br />
              {pick(downloadsWait.because)} <span className="faint mono">{downloadsWait.because.code}</span>
            </>
          )}
        </div>
      )}
    </div>
  );
}

interface LineActionsProps {
  readonly line: Line;
  readonly nameOf: (provinceCode: string) => string;
}

function LineActions({ line, nameOf }: LineActionsProps) {
  const { t } = useText(authorityWords);
  const { role } = useSession();
  const message = useMessage();
  const [isOpen, setOpen] = useState(false);
  const resume = useCommand('resumeAuthorityLine');
  const { provinceCode, state } = line;
  const confirm = async () => {
    await resume.mutateAsync({ params: { provinceCode } });
    message.success(t.line.resumed);
  };
  return (
    <>
      <ProblemAlert error={resume.error} />
      <span className="row">
        <Button size="small" type="text" onClick={() => setOpen(true)}>
          {t.line.packages}
        </Button>
        {role === 'operator' && <ReconcileButton provinceCode={provinceCode} />}
        {role === 'operator' && state === 'stopped' && (
          <ConfirmButton
            title={`${t.line.resume} · ${nameOf(provinceCode)}`}
            lead={t.line.resumeLead}
            danger={false}
            pending={resume.isPending}
            onConfirm={confirm}
          >
            {t.line.resume}
          </ConfirmButton>
        )}
      </span>
      {isOpen && (
        <PackagesDialog
          provinceCode={provinceCode}
          title={t.line.packagesOf(nameOf(provinceCode))}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
