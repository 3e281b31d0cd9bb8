import type { Day } from '../calendar/day.ts';
import { Fault, type FaultPlace } from '../fault/index.ts';
import type { SubjectKind } from '../filing/kinds.ts';
import { type CodeRow, type CodeTables, rowsOn } from './table-schema.ts';

/** The certificates that go with a nature on a day (filing form §2.2), in the table's order; none for an unknown nature. */
export function certificatesOf({ natures, certificates }: CodeTables, natureId: number, at: Day) {
  const ids = rowsOn(natures, at).find(({ id }) => id === natureId)?.certificates ?? [];
  return rowsOn(certificates, at).filter(({ id }) => ids.includes(id));
}

/** What stands for a row in the values of a form: its word, or else its number as text. */
export const valueOf = ({ id, key }: Pick<CodeRow, 'id' | 'key'>): string => key ?? String(id);

/** The row that a value stands for, on a day; undefined for none. */
export function rowOf<Row extends Pick<CodeRow, 'id' | 'key' | 'validFrom' | 'validTo'>>(
  table: { readonly items: readonly Row[] },
  value: unknown,
  at: Day,
): Row | undefined {
  return rowsOn(table, at).find((row) => valueOf(row) === value);
}

/** The certificate of a nature that is called so; of any nature where this one has none. */
export function certificateRow(tables: CodeTables, nature: string, certificate: unknown, at: Day) {
  const id = rowOf(tables.natures, nature, at)?.id;
  const own = id === undefined ? [] : certificatesOf(tables, id, at);
  return own.find(({ key }) => key === certificate) ?? rowOf(tables.certificates, certificate, at);
}

/** The natures that one of the five words covers, the one of the same name first. */
export function naturesOf({ natures }: CodeTables, subjectKind: SubjectKind, at: Day) {
  const own = rowsOn(natures, at).filter((row) => row.subjectKind === subjectKind);
  return own.toSorted((one, other) => Number(other.key === subjectKind) - Number(one.key === subjectKind));
}

/** The nature that is meant where only the word is said: the first that has this certificate. */
export function natureOf(tables: CodeTables, subjectKind: SubjectKind, certificate: unknown, at: Day): string {
  const natures = naturesOf(tables, subjectKind, at);
  const fitting = natures.find(({ id }) => certificatesOf(tables, id, at).some(({ key }) => key === certificate));
  return (fitting ?? natures[0])?.key ?? subjectKind;
}

/**
 * Refuses tables that do not fit each other: every certificate of a nature is in the table of certificates, every
 * certificate belongs to exactly one nature, and only individuals' are held by persons.
 * @throws Fault `input.invalid` whose places name table and row
 */
export function refuseUnrelated({ natures, certificates }: CodeTables): void {
  const owners = new Map<number, number>();
  const places: FaultPlace[] = [];
  const wrong = (path: string, zh: string, en: string) => places.push({ path, expected: en, expectedZh: zh });
  const known = new Map(certificates.items.map((row) => [row.id, row]));
  natures.items.forEach(({ id, certificates: own }, index) => {
    const holders = new Set(own.map((certificate) => known.get(certificate)?.holder));
    if (holders.size > 1) {
      const path = `natures: items[${index}].certificates`;
      wrong(path, '应全部由单位持有或全部由个人持有', 'expected certificates of units only or of persons only');
    }
    own.forEach((certificate, at) => {
      const path = `natures: items[${index}].certificates[${at}]`;
      if (!known.has(certificate)) wrong(path, '应为证件类型表中的编号', 'expected an id of the table of certificates');
      const owner = owners.get(certificate);
      if (owner !== undefined) {
        wrong(path, `已属于单位性质 ${owner}`, `expected another certificate: this one belongs to nature ${owner}`);
      }
      owners.set(certificate, id);
    });
    const words = own.map((certificate) => known.get(certificate)?.key);
    words.forEach((word, at) => {
      if (word === undefined || words.indexOf(word) === at) return;
      const path = `natures: items[${index}].certificates[${at}]`;
      wrong(path, `已有名为 ${word} 的证件`, `expected a certificate with another key than ${word}`);
    });
  });
  certificates.items.forEach(({ id }, index) => {
    if (owners.has(id)) return;
    wrong(`certificates: items[${index}].id`, '应属于某个单位性质', 'expected a certificate that some nature has');
  });
  if (places.length > 0) throw new Fault('input.invalid', { places });
}
