import { Fault, faultCatalogue } from '@openbeian/model/fault';
import { type Finding, findingOrigins } from '@openbeian/model/forms';
import { z } from 'zod';
import type { Stored } from '../../ports/stored.ts';
import { parseStored } from '../engine/stored-json.ts';

const textShape = z.object({ zh: z.string(), en: z.string() });
const findingsShape = z.array(
  z.object({
    field: z.string().nullable(),
    rule: z.string(),
    message: textShape,
    remedy: textShape.nullable(),
    source: z.string().nullable(),
    asOf: z.string().exactOptional(),
    from: z.enum(findingOrigins),
  }),
) satisfies z.ZodType<Finding[]>;

interface WithFindings {
  readonly id: string;
  readonly findings: unknown;
}

/** What is in the JSON column is checked before anybody relies on it. */
export const storedFindings = (table: string, { id, findings }: WithFindings): Stored<Finding[]> =>
  parseStored(findingsShape, findings, { table, row: id, column: 'findings' });

/** As lists show them: that they cannot be read is a finding. */
export function shownFindings(table: string, row: WithFindings): Finding[] {
  const findings = storedFindings(table, row);
  if (!(findings instanceof Fault)) return findings;
  const { zh, en } = faultCatalogue['store.unreadable'];
  const { detail = { zh, en } } = findings.extras;
  const unreadable = { field: null, rule: 'store.unreadable', message: detail, remedy: { zh, en }, source: null };
  return [{ ...unreadable, from: 'provider' }];
}
