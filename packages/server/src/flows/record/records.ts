import { Fault } from '@openbeian/model/fault';
import type { ServiceKind } from '@openbeian/model/filing';
import type { ServiceRecordRow, SubjectRecordRow } from '../../ports/index.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';
import { ownAccount } from '../command/permission.ts';

export interface RecordView {
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
export async function listRecords(deps: FlowDeps, call: QueryCall): Promise<{ records: RecordView[] }> {
  const filter = call.actor.role === 'customer' ? { accountId: ownAccount(call.actor) } : {};
  return deps.store.transaction(async (tx) => {
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
}

export interface PublicRecord extends ServiceRecordRow {
  readonly subject: SubjectRecordRow;
}

/** The public query (contract §6): exact, by name, unit or number. Callers blank what is personal. */
export async function searchRecords(
  deps: FlowDeps,
  _call: QueryCall,
  input: {
    readonly search: string;
    readonly serviceKind: ServiceKind;
    readonly pageNum: number;
    readonly pageSize: number;
  },
): Promise<{ readonly total: number; readonly rows: readonly PublicRecord[] }> {
  if (input.pageNum < 1 || input.pageSize < 1) {
    throw new Fault('input.invalid', {
      places: [{ path: 'pageNum', expected: 'a whole number from 1', expectedZh: '应为从 1 开始的整数' }],
    });
  }
  const offset = (input.pageNum - 1) * input.pageSize;
  return deps.store.transaction((tx) =>
    tx.records.searchPublic(input.search, input.serviceKind, offset, input.pageSize),
  );
}
