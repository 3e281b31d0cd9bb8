/** Columns of the filing that a row with a `submission_id` is about; see `FilingNamed`. */
export function filingNamed(table: 'authority_case' | 'authority_package'): string {
  const of = `FROM authority_handover AS h WHERE h.submission_id = ${table}.submission_id`;
  return `(SELECT h.filing_id ${of}) AS "filingId", (SELECT h.domain_name ${of}) AS "domainName"`;
}
