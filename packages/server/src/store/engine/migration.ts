export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with LF line ends. */
  readonly checksum: string;
  /**
   * The same in steps that hold no lock for long (`online/`), for a database that others use meanwhile; null: as it is, it holds
   * none. What it makes is the same, and so is what the database remembers of it.
   */
  readonly online: string | null;
}

/** `0012-search-and-counts` */
export const fileOf = ({ number, name }: Pick<Migration, 'number' | 'name'>): string =>
  `${String(number).padStart(4, '0')}-${name}`;
