import type { Finding } from '@openbeian/model/forms';
import type { PageRequest } from './paging.ts';

/** Something on record is to be put right, by whoever wants it. */
export interface DemandRow {
  readonly id: string;
  readonly serviceNumber: string;
  readonly demandedBy: 'provider' | 'authority';
  /** What is wrong, each at its field of the form. */
  readonly findings: readonly Finding[];
  /** The day by which it is to be right, in Asia/Shanghai; null: nobody said. */
  readonly dueOn: string | null;
  readonly madeAt: string;
  readonly madeBy: string;
  readonly endedAt: string | null;
  readonly ending: 'corrected' | 'withdrawn' | null;
}

/** As lists show it, with the record it is about. */
export interface DemandListRow extends DemandRow {
  readonly accountId: string;
  readonly serviceName: string;
  readonly domainName: string;
}

export interface DemandRows {
  /** False when one of that service is open already. */
  insert(row: DemandRow): Promise<boolean>;
  findOpen(serviceNumber: string): Promise<DemandRow | null>;
  /** As lists show it; null where it is gone, or its record is. */
  find(id: string): Promise<DemandListRow | null>;
  /** Open ones, by id, the newest first; of an account those of the records that it has now. */
  listOpen(filter: { readonly accountId?: string | undefined } & PageRequest): Promise<DemandListRow[]>;
  /** False when it has ended already. */
  end(id: string, ending: 'corrected' | 'withdrawn', at: string): Promise<boolean>;
}
