import type { ServiceKind } from '@openbeian/model/filing';
import type { ServiceRecordRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';

interface RecordView {
  readonly subjectNumber: string;
  readonly serviceNumber: string;
  readonly serviceKind: ServiceKind;
  readonly serviceName: string;
  readonly domainName: string;
  readonly state: ServiceRecordRow['state'];
  readonly accesses: readonly string[];
  readonly recordedAt: string;
  readonly cancelledAt: string | null;
}

/** A customer's records, or all. */
export const listRecords = query({ id: 'listRecords', faults: [] }, async ({ tx, actor }) => {
  const filter = actor.role === 'customer' ? { accountId: ownAccount(actor) } : {};
  const services = await tx.records.listServices(filter);
  const records: RecordView[] = [];
  for (const service of services) {
    const subject = await tx.records.findSubject(service.subjectRecordId);
    records.push({
      subjectNumber: subject?.number ?? '',
      serviceNumber: service.number,
      serviceKind: service.serviceKind,
      serviceName: service.serviceName,
      domainName: service.domainName,
      state: service.state,
      accesses: service.accesses,
      recordedAt: service.recordedAt,
      cancelledAt: service.cancelledAt,
    });
  }
  return { records };
});
