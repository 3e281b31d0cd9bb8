/** Why a file cannot be read as a workbook. */
export type XlsxFlaw = 'not_xlsx' | 'encrypted' | 'too_large' | 'damaged' | 'no_value';

/** A file that is no workbook we read; `where` is a cell or a part of the file. */
export class XlsxError extends Error {
  readonly flaw: XlsxFlaw;
  readonly where: string;
  constructor(flaw: XlsxFlaw, where = '') {
    super(`${flaw} ${where}`);
    this.flaw = flaw;
    this.where = where;
  }
}
