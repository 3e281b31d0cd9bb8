import { guessColumns } from '@openbeian/model/inventory-table';
import { useEffect, useMemo, useState } from 'react';
import { type Choices, prepare } from './prepare.ts';
import { type Comparison, type Complete, comparePieces, importPieces, releaseResources } from './run-pieces.ts';
import { type Given, isFlaw, readSource, type Source } from './source.ts';
import { useKeptMappings } from './use-kept-mapping.ts';
import { type Progress, type Stage, useRuns, type Work } from './use-runs.ts';

const noChoices: Choices = { mapping: {}, cloud: null, account: '', realName: '' };
const nothing: Given = { name: null, content: '' };
const unread: Source = { kind: 'empty' };
/** A text that is being written is read when the writer pauses. */
const pauseMs = 300;

/** An import from the file to the result. Whatever is chosen otherwise begins again: what is imported is what was compared. */
export function useImport() {
  const kept = useKeptMappings();
  const [given, setGiven] = useState(nothing);
  const [chosen, setChosen] = useState<Partial<Choices>>({});
  const [complete, setComplete] = useState<Complete>('no');
  /** Rises with everything that is given or chosen. */
  const [version, setVersion] = useState(0);
  const { reading, isReading, source } = useSource(given);
  const choices = useMemo(() => ({ ...usualChoices(source, kept.find), ...chosen }), [source, kept, chosen]);
  const { stage, isImporting, clear, run, stop, fail } = useRuns();
  const change = (apply: () => void) => {
    // What is being imported is what was compared.
    if (isImporting) return;
    clear();
    setVersion(version + 1);
    apply();
  };
  const prepared = async () => {
    const read = await reading;
    if (read.kind === 'table') kept.keep(read.headers, choices.mapping);
    return prepare(read, choices);
  };
  return {
    given,
    source,
    choices,
    complete,
    version,
    stage,
    isImporting,
    prepared,
    clear,
    stop,
    fail,
    isReading,
    isReadable: !isFlaw(source),
    give: (next: Given) =>
      change(() => {
        setChosen({});
        setGiven(next);
      }),
    choose: (next: Partial<Choices>) => change(() => setChosen({ ...chosen, ...next })),
    setComplete: (next: Complete) => change(() => setComplete(next)),
    compare: () => run('comparing', prepared, (work) => compared(work, complete)),
    load: (release: Comparison['gone']) => run('importing', prepared, (work) => imported(work, release)),
  };
}

export type Import = ReturnType<typeof useImport>;

/** What was given, once it is read. */
function useSource(given: Given) {
  const settled = useSettled(given);
  const reading = useMemo(() => readSource(settled), [settled]);
  const [read, setRead] = useState<{ readonly by: typeof reading; readonly source: Source } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const take = async () => {
      const source = await reading;
      if (isCurrent) setRead({ by: reading, source });
    };
    void take();
    return () => {
      isCurrent = false;
    };
  }, [reading]);
  const source = settled === given && read?.by === reading ? read.source : null;
  return { reading, isReading: source === null, source: source ?? unread };
}

/** A file at once, a text once nothing was written for a moment. */
function useSettled(given: Given): Given {
  const [settled, setSettled] = useState(given);
  const isFile = given.name !== null;
  useEffect(() => {
    const timer = setTimeout(() => setSettled(given), isFile ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [given, isFile]);
  return isFile ? given : settled;
}

/** What is chosen before anybody chooses. */
function usualChoices(source: Source, findKept: ReturnType<typeof useKeptMappings>['find']): Choices {
  if (source.kind === 'cloud') return { ...noChoices, cloud: source.clouds[0] ?? null };
  if (source.kind !== 'table') return noChoices;
  return { ...noChoices, mapping: findKept(source.headers) ?? guessColumns(source.headers) };
}

const sizeOf = (pieces: Work['pieces']): number => pieces.reduce((sum, { resources }) => sum + resources, 0);

/** What its runs are told, as progress of one kind. */
function runOf({ pieces, say, signal }: Work, kind: Progress['kind'], all: number) {
  const onProgress = (done: number) => say({ kind, done, all });
  onProgress(0);
  return { pieces, onProgress, signal };
}

async function compared(work: Work, complete: Complete): Promise<Stage> {
  const comparison = await comparePieces(runOf(work, 'comparing', sizeOf(work.pieces)), complete);
  return { kind: 'compared', comparison };
}

async function imported(work: Work, release: Comparison['gone']): Promise<Stage> {
  const result = await importPieces(runOf(work, 'importing', sizeOf(work.pieces)));
  if (release.length === 0) return { kind: 'imported', result: { ...result, released: 0, kept: 0 } };
  const released = await releaseResources(runOf(work, 'releasing', release.length), release);
  return { kind: 'imported', result: { ...result, ...released } };
}
