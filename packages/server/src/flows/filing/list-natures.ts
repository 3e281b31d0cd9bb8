import { dayOf } from '@openbeian/model/calendar';
import { certificatesOf, rowsOn } from '@openbeian/model/code-tables';
import { query } from '../command/operation.ts';

/** The natures that an organiser may have today, each with its certificates. */
export const listNatures = query({ id: 'listNatures', faults: [] }, async ({ deps, at }) => {
  const day = dayOf(at);
  const tables = deps.codeTables;
  return {
    natures: rowsOn(tables.natures, day).map(({ id, key, zh, en, subjectKind }) => ({
      value: key,
      label: { zh, en },
      subjectKind,
      certificates: certificatesOf(tables, id, day).map((row) => ({
        value: row.key,
        label: { zh: row.zh, en: row.en },
      })),
    })),
  };
});
