import type { FilingRow, Likeness, SimilarRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { textIn } from '../filing/form-values.ts';

/** Of each way of being alike. */
const most = 20;
const rank: readonly Likeness[] = ['same_domain', 'same_name', 'similar_domain', 'similar_name'];

/** Open filings and records of other organisers whose domain or service name is easily taken for this one's; the nearest first. */
export async function similarTo({ tx }: Step, filing: FilingRow) {
  const { id: filingId, subjectHash, domainName } = filing;
  const asked = { filingId, subjectHash, domainName, serviceName: textIn(filing.form, 'service.name') };
  const found = (await tx.reviews.listSimilar(asked, most)).map((row) => ({
    likeness: likenessOf(row, asked),
    domainName: row.domainName,
    serviceName: row.serviceName ?? '',
    accountId: row.accountId,
    filingId: row.of === 'filing' ? row.id : null,
    number: row.number,
    state: row.state,
  }));
  return found.sort(
    (a, b) => rank.indexOf(a.likeness) - rank.indexOf(b.likeness) || (a.domainName < b.domainName ? -1 : 1),
  );
}

function likenessOf(row: SimilarRow, asked: { readonly domainName: string; readonly serviceName: string }): Likeness {
  if (row.domainName === asked.domainName) return 'same_domain';
  if (asked.serviceName !== '' && row.serviceName === asked.serviceName) return 'same_name';
  return row.byDomain ? 'similar_domain' : 'similar_name';
}
