/** Keeps the files of an empty database between openings. */
export interface BlankDatabasePlace {
  /** The archive that was kept, or null. */
  read(): Promise<Blob | null>;
  keep(archive: Blob): Promise<void>;
}

let place: BlankDatabasePlace | null = null;

/**
 * From here on new embedded databases of this process begin as a copy of one blank database: `initdb` takes five seconds
 * of a processor, a copy one, and tests make hundreds of them.
 */
export function keepBlankDatabaseAt(somewhere: BlankDatabasePlace): void {
  place = somewhere;
}

/** Null where every database is initialised on its own, as in every deployment. */
export function blankDatabasePlace(): BlankDatabasePlace | null {
  return place;
}
