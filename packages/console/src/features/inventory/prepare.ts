import { type Cloud, importResources, readCloudResponse } from '@openbeian/model/cloud-import';
import { isFault } from '@openbeian/model/fault';
import { readTable, type TableMapping, tableColumns } from '@openbeian/model/inventory-table';
import type { BothTexts } from '../../language/words.ts';
import { lettersOf } from './letters-of.ts';
import type { TextPlace } from './read-document.ts';
import type { Source } from './source.ts';

/** What only the person knows of what was given. */
export interface Choices {
  /** Of a table. */
  readonly mapping: TableMapping;
  /** Of a cloud's response: whose it is, who bought the resources, and what is verified of them. */
  readonly cloud: Cloud | null;
  readonly account: string;
  readonly realName: string;
}

/** Where something of an inventory is in what was given. */
export type Place = TextPlace | { readonly line: number; readonly cell: string; readonly header: string };

/** An inventory as the server takes it. Nothing of it is checked: the server says what is wrong, and `placeOf` where that is. */
export interface Prepared {
  readonly document: Readonly<Record<string, unknown>>;
  readonly placeOf: (path: string) => Place | null;
}

/** A cloud's response that cannot be read. */
export class ResponseError extends Error {
  readonly places: readonly { readonly path: string; readonly text: BothTexts }[];
  constructor(places: ResponseError['places'], cause: unknown) {
    super('a response that cannot be read', { cause });
    this.places = places;
  }
}

/**
 * Makes an inventory of what was read; null of what could not be read.
 * @throws ResponseError
 */
export function prepare(source: Source, choices: Choices): Prepared | null {
  switch (source.kind) {
    case 'document':
      return { document: source.value, placeOf: source.placeOf };
    case 'table':
      return ofTable(source, choices.mapping);
    case 'cloud':
      return ofCloud(source, choices);
    default:
      return null;
  }
}

function ofTable({ rows }: Extract<Source, { kind: 'table' }>, mapping: TableMapping): Prepared {
  const { accounts, resources, lines } = readTable(rows, mapping);
  const placeOf = (path: string): Place | null => {
    const [, index, rest = ''] = /^resources\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
    const line = index === undefined ? undefined : lines[Number(index)];
    if (line === undefined) return null;
    const key = tableColumns.find((column) => rest === column.key || rest.startsWith(`${column.key}[`))?.key ?? rest;
    const source = mapping[key];
    if (source === undefined || !('column' in source)) return { line, column: 1 };
    return { line, cell: `${lettersOf(source.column)}${line}`, header: key };
  };
  return { document: { accounts, resources }, placeOf };
}

function ofCloud({ documents, clouds }: Extract<Source, { kind: 'cloud' }>, choices: Choices): Prepared {
  const cloud = choices.cloud ?? clouds[0] ?? 'tencent';
  const account = choices.account.trim();
  // The choice offers the inventory's own words.
  const realName = choices.realName === '' ? undefined : (choices.realName as 'enterprise');
  const read = () => {
    try {
      const said = documents.map((document) => readCloudResponse(cloud, document));
      return importResources(said, account === '' ? undefined : account, realName);
    } catch (error) {
      if (!isFault(error, 'input.invalid')) throw error;
      const places = error.extras.places ?? [];
      throw new ResponseError(
        places.map(({ path, expected, expectedZh }) => ({ path, text: { zh: expectedZh ?? expected, en: expected } })),
        error,
      );
    }
  };
  const { inventory } = read();
  // Who is verified as what stays as it is, where nobody says so.
  const accounts = realName === undefined ? [] : inventory.accounts;
  return {
    document: { accounts, resources: inventory.resources },
    placeOf: () => null,
  };
}
