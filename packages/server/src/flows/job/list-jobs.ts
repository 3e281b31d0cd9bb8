import { Fault } from '@openbeian/model/fault';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';

const nextFirst: ListOrder<{ readonly runAt: string; readonly id: string }> = {
  name: 'jobs',
  columns: ['instant', 'text'],
  positionOf: ({ runAt, id }) => [runAt, id],
};

interface Asked {
  readonly failing?: 'true' | 'false';
}

/** Waiting and failing jobs, the next to run first; of what they carry only which filing they are about. */
export const listJobs = query(
  { id: 'listJobs', faults: [], mayLag: true },
  async ({ tx }, { failing, ...input }: Asked & PageInput) => {
    const { rows, next } = await pageOf(nextFirst, input, async (page) =>
      (await tx.jobs.list({ failing: failing === 'true', ...page })).map(({ payload, line, domainName, ...job }) => ({
        ...job,
        filingId: payload instanceof Fault ? null : payload.filingId,
        domainName,
        provinceCode: line === '' ? null : line,
      })),
    );
    return { jobs: rows, next };
  },
);

export const countJobs = query({ id: 'countJobs', faults: [], mayLag: true }, ({ tx }) => tx.jobs.count());
