import { guessColumns } from '@openbeian/model/inventory-table';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { isTouched } from '../../api/is-touched.ts';
import { piecesOf } from './pieces.ts';
import { type Choices, type Prepared, prepare } from './prepare.ts';
import { type Comparison, type Complete, comparePieces, importPieces, PieceError } from './run-pieces.ts';
import { type Given, isFlaw, readSource, type Source } from './source.ts';
import { useKeptMappings } from './use-kept-mapping.ts';

/** What went wrong, with where the inventory's paths are in what was given. */
export interface Failure {
  readonly error: unknown;
  readonly placeOf: Prepared['placeOf'];
  /** Of the piece that was refused to the whole. */
  readonly wholePath: (path: string) => string;
  /** Resources that were imported before that. */
  readonly imported: number;
}

interface Result {
  readonly accounts: number;
  readonly resources: number;
  readonly changed: number;
  readonly released: number;
}

/** Where an import is. */
export type Stage =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'comparing' | 'importing'; readonly done: number; readonly all: number }
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'imported'; readonly result: Result };

const noChoices: Choices = { mapping: {}, cloud: null, account: '', realName: '' };
const nothing: Given = { name: null, content: '' };
const unread: Source = { kind: 'empty' };

/** An import from the file to the result. Whatever is chosen otherwise begins again: what is imported is what was compared. */
export function useImport() {
  const kept = useKeptMappings();
  const [given, setGiven] = useState(nothing);
  const [chosen, setChosen] = useState<Partial<Choices>>({});
  const [complete, setComplete] = useState<Complete>('no');
  /** Rises with everything that is given or chosen. */
  const [version, setVersion] = useState(0);
  const { reading, source } = useSource(given);
  const choices = useMemo(() => ({ ...usualChoices(source, kept.find), ...chosen }), [source, kept, chosen]);
  const { stage, clear, run, fail } = useRuns();
  const change = () => {
    clear();
    setVersion(version + 1);
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
    prepared,
    clear,
    fail,
    isReadable: !isFlaw(source),
    give: (next: Given) => {
      change();
      setChosen({});
      setGiven(next);
    },
    choose: (next: Partial<Choices>) => {
      change();
      setChosen({ ...chosen, ...next });
    },
    setComplete: (next: Complete) => {
      change();
      setComplete(next);
    },
    compare: () =>
      run('comparing', prepared, async (work) => ({
        kind: 'compared',
        comparison: await comparePieces(work, complete),
      })),
    load: (release: Comparison['gone']) => run('importing', prepared, (work) => imported(work, release)),
  };
}

export type Import = ReturnType<typeof useImport>;

/** What was given, once it is read. */
function useSource(given: Given) {
  const reading = useMemo(() => readSource(given), [given]);
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
  return { reading, source: read?.by === reading ? read.source : unread };
}

/** What is chosen before anybody chooses. */
function usualChoices(source: Source, findKept: ReturnType<typeof useKeptMappings>['find']): Choices {
  if (source.kind === 'cloud') return { ...noChoices, cloud: source.clouds[0] ?? null };
  if (source.kind !== 'table') return noChoices;
  return { ...noChoices, mapping: findKept(source.headers) ?? guessColumns(source.headers) };
}

type Work = Parameters<typeof importPieces>[0];

/** Does one thing at a time with all pieces of an inventory, and says how far it is. */
function useRuns() {
  const cache = useQueryClient();
  const [stage, setStage] = useState<Stage>({ kind: 'choosing' });
  const running = useRef(new AbortController());
  useEffect(() => () => running.current.abort(), []);
  const clear = () => {
    running.current.abort();
    running.current = new AbortController();
    setStage({ kind: 'choosing' });
  };
  const fail = (error: unknown, prepared: Prepared | null, done = 0) =>
    setStage({ kind: 'failed', failure: failureOf(error, prepared, done) });
  const run = async (
    kind: 'comparing' | 'importing',
    prepare: () => Promise<Prepared | null>,
    work: (run: Work) => Promise<Stage>,
  ) => {
    clear();
    const { signal } = running.current;
    let prepared: Prepared | null = null;
    let done = 0;
    try {
      prepared = await prepare();
      // What cannot be read is shown already.
      if (prepared === null) return;
      const pieces = piecesOf(prepared.document);
      const all = pieces.reduce((sum, { resources }) => sum + resources, 0);
      const onProgress = (count: number) => {
        done = count;
        setStage({ kind, done: count, all });
      };
      onProgress(0);
      const next = await work({ pieces, onProgress, signal });
      if (!signal.aborted) setStage(next);
    } catch (error) {
      if (!signal.aborted) fail(error, prepared, kind === 'importing' ? done : 0);
    } finally {
      if (kind === 'importing') {
        void cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, 'putInventory') });
      }
    }
  };
  return { stage, clear, run, fail };
}

async function imported(work: Work, release: Comparison['gone']): Promise<Stage> {
  const result = await importPieces(work);
  const resources = release.map(({ facts }) => ({ ...facts, state: 'released' }));
  const gone = { ...work, pieces: piecesOf({ accounts: [], resources }), onProgress: () => {} };
  if (resources.length > 0) await importPieces(gone);
  return { kind: 'imported', result: { ...result, released: resources.length } };
}

function failureOf(error: unknown, prepared: Prepared | null, imported: number): Failure {
  const placeOf = prepared?.placeOf ?? (() => null);
  if (!(error instanceof PieceError)) return { error, placeOf, wholePath: (path) => path, imported };
  return { error: error.cause, placeOf, wholePath: error.piece.wholePath, imported };
}
