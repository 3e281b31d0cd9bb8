import { asciiName } from '@openbeian/model/domain-name';
import { filingKindTable } from '@openbeian/model/filing';
import { itemsOf } from '@openbeian/model/forms';
import type { FilingRow, LookUpQuestion } from '../../ports/index.ts';
import type { FlowDeps } from '../command/deps.ts';
import { currentFormValues, textIn } from '../filing/form-values.ts';

/** What is asked outside about a filing; null where it is about no name. */
export function questionOf(deps: FlowDeps, filing: FilingRow, at: string): LookUpQuestion | null {
  const domainName = filing.domainName === '' ? null : asciiName(filing.domainName);
  if (domainName === null) return null;
  const values = currentFormValues(deps, filing, at);
  const ranges = itemsOf(values['service.access.ipRanges']).map((range) => ({
    first: textIn(range, 'first'),
    last: textIn(range, 'last'),
  }));
  const isFiled = filingKindTable[filing.kind].about === 'service';
  return { domainName, subjectName: textIn(values, 'subject.name'), isFiled, ranges };
}

/** By which to see whether an answer is about the present form; the organiser's name cannot be read off it. */
export const aboutOf = ({ vault }: FlowDeps, filingId: string, question: LookUpQuestion): string =>
  vault.hash(textOf(filingId, question), 'request');

/** The same under every key that is configured. */
export const aboutTexts = ({ vault }: FlowDeps, filingId: string, question: LookUpQuestion): readonly string[] =>
  vault.hashes(textOf(filingId, question), 'request');

const textOf = (filingId: string, question: LookUpQuestion) => JSON.stringify([filingId, question]);
