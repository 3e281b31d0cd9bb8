import { dayOf } from '@openbeian/model/calendar';
import type { CancellationScope } from '@openbeian/model/filing';
import { parseFilingNumbers } from '@openbeian/model/number';
import { onceForKey } from '../command/once-for-key.ts';
import { commandInParts } from '../command/operation.ts';
import { sayIn } from '../command/said.ts';
import type { FlowRequest } from '../command/step.ts';
import { applyCancellation } from './apply-cancellation.ts';

interface CancelRecordInput {
  readonly scope: CancellationScope;
  readonly number: string;
  readonly provider?: string | undefined;
  readonly reason: string;
}

/**
 * An operator enters that the authority cancelled a record. Entering it again changes nothing.
 * `input.invalid` when the number is none of its scope; `object.not_found` when it is not on record here.
 */
export const cancelRecord = commandInParts(
  { id: 'cancelRecord', faults: ['object.not_found'] },
  async (request, input: CancelRecordInput) => {
    const { scope, reason } = input;
    const number = canonicalNumber(request, input.number, scope);
    if (scope !== 'access' && input.provider !== undefined) {
      throw request.fault('input.invalid', {
        places: [
          { path: 'provider', expected: 'nothing, unless scope is access', expectedZh: '仅 scope 为 access 时可填' },
        ],
      });
    }
    const provider = scope === 'access' ? (input.provider ?? request.deps.provider) : null;
    return onceForKey(request, { scope, number, provider, reason }, async (step) => {
      await step.tx.records.hold();
      const done = await applyCancellation(
        step,
        { scope, number, provider },
        { reason: await sayIn(step, 'audit', reason) },
      );
      if (done === null) throw step.fault('object.not_found');
      return done;
    });
  },
);

function canonicalNumber(request: FlowRequest, text: string, scope: CancellationScope): string {
  const { numbers } = parseFilingNumbers(text, dayOf(request.at));
  const [found] = numbers.length === 1 ? numbers : [];
  const ofSubject = scope === 'subject';
  if (found !== undefined && found.kind !== 'public_security' && (found.service === null) === ofSubject) {
    return found.canonical;
  }
  const [expected, expectedZh] = ofSubject
    ? ['the number of a subject, e.g. 粤ICP备2026000123号', '应为主体备案号，例如 粤ICP备2026000123号']
    : [
        'the number of a service, e.g. 粤ICP备2026000123号-1',
        '应为网站、APP 或小程序的备案号，例如 粤ICP备2026000123号-1',
      ];
  throw request.fault('input.invalid', { places: [{ path: 'number', expected, expectedZh }] });
}
