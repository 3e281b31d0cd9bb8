import { dayOf } from '@openbeian/model/calendar';
import { formFor } from '@openbeian/model/forms';
import { type LetterId, writeLetter as layOut, lettersOf } from '@openbeian/model/materials';
import { recordAudit } from '../command/audit.ts';
import { commandInParts } from '../command/operation.ts';
import { ownAccount, requireVisible } from '../command/permission.ts';
import { inTransaction, type Step } from '../command/step.ts';
import { currentFormValues, formContextOf } from '../filing/form-values.ts';
import { materialRulesAt, rulesInForce } from './material-places.ts';

interface WriteLetter {
  readonly filingId: string;
  readonly letter: LetterId;
}

/** A letter in Chinese from what the form says, as PDF to print and sign. It has personal data in it: each leaves an audit row. */
export const writeLetter = commandInParts(
  { id: 'writeLetter', faults: ['object.not_found', 'server.busy'] },
  async (request, input: WriteLetter) => {
    ownAccount(request.actor);
    const letter = await inTransaction(request, (step) => compose(step, input));
    return { mediaType: 'application/pdf', bytes: await request.deps.letters.write(letter, request.actor.userId) };
  },
);

async function compose(step: Step<'object.not_found'>, { filingId, letter }: WriteLetter) {
  const { deps, tx, at } = step;
  const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
  const letters = lettersOf({ ...filing, isForOther: true }, rulesInForce(deps, filing, at));
  if (!letters.includes(letter)) {
    const expected = `one of ${letters.join(', ')}`;
    throw step.fault('input.invalid', {
      places: [{ path: 'body.letter', expected, expectedZh: `应为 ${letters.join('、')} 之一` }],
    });
  }
  await recordAudit(step, 'LetterWritten', { kind: 'filing', id: filingId }, { letter });
  return layOut(letter, {
    kind: filing.kind,
    subjectKind: filing.subjectKind,
    serviceKind: filing.serviceKind,
    provinceCode: filing.provinceCode,
    domainName: filing.domainName,
    definition: formFor(formContextOf(deps, filing, at)),
    values: currentFormValues(deps, filing, at),
    rules: materialRulesAt(deps, at),
    calendar: deps.calendar,
    at: dayOf(at),
  });
}
