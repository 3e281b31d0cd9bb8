import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { isTouched } from '../../api/is-touched.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Prepared } from './prepare.ts';
import { type Comparison, PieceError } from './run-pieces.ts';

/** What is being done with the resources of an inventory, and of how many it is done. */
export interface Progress {
  readonly kind: 'comparing' | 'importing' | 'releasing';
  readonly done: number;
  readonly all: number;
}

/** What went wrong, with where the inventory's paths are in what was given. */
export interface Failure {
  readonly error: unknown;
  readonly placeOf: Prepared['placeOf'];
  /** Of the piece that was refused to the whole. */
  readonly wholePath: (path: string) => string;
  /** How far it went before that; null: nothing was begun. */
  readonly before: Progress | null;
}

interface Result {
  readonly accounts: number;
  readonly resources: number;
  readonly changed: number;
  readonly released: number;
  /** Not marked as released, since they changed after they had been compared. */
  readonly kept: number;
}

/** Where an import is. */
export type Stage =
  | { readonly kind: 'choosing' }
  | { readonly kind: 'running'; readonly at: Progress; readonly isStopping: boolean }
  | { readonly kind: 'compared'; readonly comparison: Comparison }
  | { readonly kind: 'stopped'; readonly at: Progress & { readonly kind: 'importing' | 'releasing' } }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'imported'; readonly result: Result };

/** A piece of work in progress. */
export interface Work {
  readonly pieces: readonly Piece[];
  readonly say: (at: Progress) => void;
  readonly signal: AbortSignal;
}

/** Does one thing at a time with all pieces of an inventory, and says how far it is. */
export function useRuns() {
  const cache = useQueryClient();
  const [stage, setStage] = useState<Stage>({ kind: 'choosing' });
  const running = useRef(new AbortController());
  useEffect(() => () => running.current.abort(), []);
  const clear = () => {
    running.current.abort();
    running.current = new AbortController();
    setStage({ kind: 'choosing' });
  };
  const fail = (error: unknown, prepared: Prepared | null) =>
    setStage({ kind: 'failed', failure: failureOf(error, prepared, null) });
  const run = async (
    kind: 'comparing' | 'importing',
    prepare: () => Promise<Prepared | null>,
    work: (work: Work) => Promise<Stage>,
  ) => {
    clear();
    const { signal } = running.current;
    const isCurrent = () => running.current.signal === signal;
    let prepared: Prepared | null = null;
    let before: Progress | null = null;
    const say = (at: Progress) => {
      before = at;
      if (isCurrent()) setStage({ kind: 'running', at, isStopping: signal.aborted });
    };
    try {
      prepared = await prepare();
      // What cannot be read is shown already.
      if (prepared === null) return;
      const pieces = piecesOf(prepared.document);
      const next = await work({ pieces, say, signal });
      if (isCurrent()) setStage(next);
    } catch (error) {
      if (!isCurrent()) return;
      setStage(stoppedAt(error, signal, before) ?? { kind: 'failed', failure: failureOf(error, prepared, before) });
    } finally {
      if (kind === 'importing') {
        void cache.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, 'putInventory') });
      }
    }
  };
  const isImporting = stage.kind === 'running' && stage.at.kind !== 'comparing';
  const stop = () => {
    if (!isImporting) return clear();
    // The piece that is on its way is imported all the same: how many that makes is said when its answer is here.
    running.current.abort();
    setStage({ ...stage, isStopping: true });
  };
  return { stage, isImporting, clear, run, stop, fail };
}

/** Null: that is no stop of an import, but an error. */
function stoppedAt(error: unknown, signal: AbortSignal, before: Progress | null): Stage | null {
  const cause = error instanceof PieceError ? error.cause : error;
  if (!signal.aborted || cause !== signal.reason || before === null) return null;
  const { kind } = before;
  return kind === 'comparing' ? null : { kind: 'stopped', at: { ...before, kind } };
}

function failureOf(error: unknown, prepared: Prepared | null, before: Progress | null): Failure {
  const placeOf = prepared?.placeOf ?? (() => null);
  if (!(error instanceof PieceError)) return { error, placeOf, wholePath: (path) => path, before };
  const { cause, piece } = error;
  // What is marked as released is not in what was given.
  const isGiven = before?.kind !== 'releasing';
  return { error: cause, placeOf: isGiven ? placeOf : () => null, wholePath: piece.wholePath, before };
}
