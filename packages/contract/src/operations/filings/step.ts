import { z } from 'zod';
import { emptyShape, filingShape, idShape, versionShape } from '../../shapes.ts';

export const filingParams = z.strictObject({ filingId: idShape });
/** Whoever may read a filing at all; customers see their own. */
export const everyone = ['customer', 'reviewer', 'operator', 'auditor'] as const;
/** The version that the caller has read: a stale screen gets `object.changed` instead of overwriting. */
export const expectedVersion = { version: versionShape };
/** What all steps of one filing have in common. */
export const step = { params: filingParams, query: emptyShape, command: true, answer: filingShape } as const;
