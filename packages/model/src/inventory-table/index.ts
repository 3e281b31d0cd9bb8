export { type CellKind, type TableColumn, tableColumns } from './columns.ts';
export { type CellSource, guessColumns, headersKey, type TableMapping } from './guess-columns.ts';
export { CsvError, readCsv } from './read-csv.ts';
export { readTable, type TableInventory, type TableRow } from './read-table.ts';
