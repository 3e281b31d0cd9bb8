import type { VerificationReason, VerificationTry, VerificationWay, VerifiedRole } from '@openbeian/model/verification';

/** One try to verify the identity of somebody for a filing. It is bound to them, their certificate and the filing by `personHash`. */
export interface VerificationRow extends VerificationTry {
  readonly id: string;
  readonly filingId: string;
  readonly role: VerifiedRole;
  /** Keyed hash of filing, name and certificate (`verifiedText`). */
  readonly personHash: string;
  readonly startedBy: string;
  /** The service's own id of it; null: a reviewer decides, or the service has not answered yet. */
  readonly outsideId: string | null;
  /** For the person to follow; null: there is none, or it is no longer of use. */
  readonly link: string | null;
  /** When the service is asked next for the result; null: it is not. */
  readonly pollAt: string | null;
  readonly polls: number;
  /** A reviewer's words, as `sayIn` keeps them; empty: none. */
  readonly comment: string;
  /** The reviewer who decided; null: a service outside did, or nobody has. */
  readonly decidedBy: string | null;
}

/** What came of a try, from outside or by a reviewer. */
export interface VerificationResult {
  /** The same for the same result, however often it comes. */
  readonly resultId: string;
  readonly outcome: 'passed' | 'failed';
  /** When whoever decided came to it. */
  readonly at: string;
  readonly reason: VerificationReason | null;
}

export interface VerificationRows {
  insert(row: VerificationRow): Promise<void>;
  /** Locked until the transaction ends. */
  findForUpdate(id: string): Promise<VerificationRow | null>;
  /** Of a filing, the oldest first. */
  list(filingId: string): Promise<VerificationRow[]>;
  /** What the service answered to the start of a try that still waits. */
  putLink(
    id: string,
    begun: Required<Pick<VerificationRow, 'outsideId' | 'link' | 'linkUntil' | 'pollAt'>>,
  ): Promise<void>;
  /** The service gave no answer to the start: the try never was, unless its result is there. */
  deleteUnbegun(id: string): Promise<void>;
  /** Notes a result; false when this very one was noted before. */
  addResult(verificationId: string, result: VerificationResult, receivedAt: string): Promise<boolean>;
  /** The try has come to this. False where the result that it has is newer; of two of one instant a failure stays. */
  conclude(
    id: string,
    concluded: Pick<VerificationRow, 'state' | 'resultAt' | 'validUntil' | 'reason'>,
  ): Promise<boolean>;
  /** Up to `limit` tries whose service is to be asked now; nobody else takes them before `until`. */
  takeToPoll(at: string, until: string, limit: number): Promise<VerificationRow[]>;
  /** Asked, and no result yet. Null: it is not asked again. */
  putPoll(id: string, pollAt: string | null): Promise<void>;
}

/** Whom a service outside verifies. */
export interface VerificationQuestion {
  /** Our id of the try; the service gives the same answer to the same one. */
  readonly reference: string;
  readonly person: { readonly name: string; readonly certificateType: string; readonly certificateNumber: string };
  readonly way: VerificationWay;
}

/** A try that the service has begun. */
export interface VerificationBegun {
  readonly outsideId: string;
  readonly link: string;
  /** ISO 8601; null: the service does not say. */
  readonly linkUntil: string | null;
}

/** A message of the service's as it came. */
export interface VerificationMessage {
  readonly id: string;
  readonly timestamp: string;
  readonly signature: string;
  readonly body: Uint8Array;
}

/**
 * A service that verifies who somebody is: it is started, gives a link for the person, and says later what came of it, by a signed
 * message or when it is asked. Messages may come twice, late and out of order.
 */
export interface Verifier {
  /** `reviewer`: nobody outside verifies anybody, reviewers do; then the methods are never called. */
  readonly by: 'service' | 'reviewer';
  /** @throws Fault `verification.unreachable` */
  start(question: VerificationQuestion): Promise<VerificationBegun>;
  /** What came of it; null: nothing yet. @throws Fault `verification.unreachable` */
  ask(outsideId: string): Promise<VerificationResult | null>;
  /** A message with the id of the try it is about; null: it is not the service's, or too old. @param at now */
  read(message: VerificationMessage, at: string): (VerificationResult & { readonly reference: string }) | null;
}
