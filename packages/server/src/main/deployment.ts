import { createFlows, type FlowTable } from '../flows/index.ts';
import { answerShapes } from './answer-shapes.ts';
import type { Config } from './config.ts';
import { openParts, type Parts, type Replacements } from './parts.ts';

/** The concrete parts of one process, wired, and the flows that answer requests. */
export interface Deployment extends Parts {
  readonly flows: FlowTable;
}

/** Wires the flows of open parts. Apart from opening them, so that a worker does not load what answers requests. */
export const withFlows = (parts: Parts): Deployment => ({ ...parts, flows: createFlows(parts.deps) });

/**
 * Opens the database (migrating it) and wires the flows.
 * @throws what `openParts` throws
 */
export async function openDeployment(config: Config, replacements: Replacements = {}): Promise<Deployment> {
  return withFlows(await openParts(config, replacements, answerShapes));
}
