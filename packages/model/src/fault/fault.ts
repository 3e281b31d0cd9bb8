import { type FaultCode, faultCatalogue } from './catalogue.ts';

/** One place of the input that is wrong: `path` as in `resources[0].billing`, and what was expected there. */
export interface FaultPlace {
  readonly path: string;
  readonly expected: string;
  /** The same in Chinese, where the schema words it. */
  readonly expectedZh?: string;
}

/** Why something was decided against: a closed code with both texts, as the model gives it. */
export interface FaultReason {
  readonly code: string;
  readonly message: { readonly zh: string; readonly en: string };
}

/** How many wrong places a fault lists; the rest are only counted. */
export const mostPlaces = 50;

export interface FaultExtras {
  /** Facts for people that the catalogue's text does not carry; never personal data. */
  readonly detail?: { readonly zh: string; readonly en: string };
  /** The first `mostPlaces` at most. */
  readonly places?: readonly FaultPlace[];
  /** How many further places are wrong, too. */
  readonly morePlaces?: number;
  readonly reasons?: readonly unknown[];
  readonly findings?: readonly unknown[];
  readonly retryAfterSeconds?: number;
  readonly cause?: unknown;
}

/** The only error that OpenBeian throws on purpose. */
export class Fault extends Error {
  override name = 'Fault';
  readonly code: FaultCode;
  readonly extras: FaultExtras;

  constructor(code: FaultCode, extras: FaultExtras = {}) {
    const bounded = withinBounds(extras);
    const detail = bounded.detail?.en ?? placesText(bounded);
    super(detail ? `${code}: ${detail}` : `${code}: ${faultCatalogue[code].en}`, { cause: extras.cause });
    this.code = code;
    this.extras = bounded;
  }
}

/** An input can be wrong in a hundred thousand places; only some are worth reading. */
function withinBounds(extras: FaultExtras): FaultExtras {
  const { places, morePlaces = 0 } = extras;
  if (places === undefined || places.length <= mostPlaces) return extras;
  const left = places.length - mostPlaces;
  return { ...extras, places: places.slice(0, mostPlaces), morePlaces: morePlaces + left };
}

function placesText({ places, morePlaces = 0 }: FaultExtras): string | undefined {
  const listed = places?.map((place) => `${place.path}: ${place.expected}`);
  if (listed !== undefined && morePlaces > 0) listed.push(`and ${morePlaces} more`);
  return listed?.join('; ');
}

/** True for a fault, of the given code if one is given. */
export function isFault(error: unknown, code?: FaultCode): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code);
}
