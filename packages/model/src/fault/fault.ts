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

export interface FaultExtras {
  /** Facts for people that the catalogue's text does not carry; never personal data. */
  readonly detail?: { readonly zh: string; readonly en: string };
  readonly places?: readonly FaultPlace[];
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
    const places = extras.places?.map((place) => `${place.path}: ${place.expected}`).join('; ');
    const detail = extras.detail?.en ?? places;
    super(detail ? `${code}: ${detail}` : `${code}: ${faultCatalogue[code].en}`, { cause: extras.cause });
    this.code = code;
    this.extras = extras;
  }
}

/** True for a fault, of the given code if one is given. */
export function isFault(error: unknown, code?: FaultCode): error is Fault {
  return error instanceof Fault && (code === undefined || error.code === code);
}
