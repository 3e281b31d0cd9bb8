import type { CancellationScope } from '@openbeian/model/filing';
import type { ServiceRecordRow, SubjectRecordRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { tell } from '../notice/tell.ts';

/** The account that has a record is told that it was cancelled, or that its access ended, on whosever request. */
export async function tellOfCancellation(
  step: Step,
  {
    scope,
    number,
    provider,
  }: { readonly scope: CancellationScope; readonly number: string; readonly provider: string | null },
  of: { readonly subject: SubjectRecordRow | null; readonly services: readonly ServiceRecordRow[] },
): Promise<void> {
  if (of.subject === null) return;
  const { accountId, number: subjectNumber } = of.subject;
  const serviceNumber = scope === 'subject' ? null : number;
  const services = of.services.map(({ number: one, domainName }) => ({ serviceNumber: one, domainName }));
  const domainName = (scope === 'subject' ? undefined : services[0]?.domainName) ?? '';
  const isHere = provider === step.deps.provider;
  const where = provider === null ? '' : isHere ? 'here' : 'elsewhere';
  await tell(step, {
    type: scope === 'access' ? 'AccessEnded' : 'RecordCancelled',
    about: `cancellation of ${scope} ${number}: ${step.at} ${provider ?? ''}`,
    readers: [{ accountId, detail: { scope, number, name: domainName, services: String(services.length), where } }],
    dataFor: () => ({
      record: { accountId, subjectNumber, serviceNumber, domainName },
      cancellation: { scope, provider, services },
    }),
  });
}
