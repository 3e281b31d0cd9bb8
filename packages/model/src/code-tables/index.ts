export {
  certificateRow,
  certificatesOf,
  natureOf,
  naturesOf,
  refuseUnrelated,
  rowOf,
  valueOf,
} from './choices.ts';
export {
  type CodeRow,
  type CodeTable,
  type CodeTableName,
  type CodeTables,
  codeTableSchemas,
  rowsOn,
} from './table-schema.ts';
