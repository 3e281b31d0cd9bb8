/** Keeps the files of new databases between openings. */
export interface NewDatabasePlace {
  /** The archive that was kept under this name, or null. */
  read(name: string): Promise<Blob | null>;
  keep(name: string, archive: Blob): Promise<void>;
}

let place: NewDatabasePlace | null = null;

/**
 * From here on new embedded databases of this process begin as a copy of one: `initdb` takes five seconds of a processor and the
 * migrations one, a copy less than half of one, and tests make hundreds of them.
 */
export function keepNewDatabasesAt(somewhere: NewDatabasePlace): void {
  place = somewhere;
}

/** Null where every database is made on its own, as in every deployment. */
export function newDatabasePlace(): NewDatabasePlace | null {
  return place;
}
