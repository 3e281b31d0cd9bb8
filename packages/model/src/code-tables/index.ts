export { type ChoiceProblem, certificatesOf, choiceProblem, refuseUnrelated } from './choices.ts';
export {
  type CodeRow,
  type CodeTable,
  type CodeTableName,
  type CodeTables,
  codeTableSchemas,
  rowsOn,
} from './table-schema.ts';
