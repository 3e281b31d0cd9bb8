import { Fault, isFault } from '@openbeian/model/fault';

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
  readonly message?: string;
}

/** What pg and PGlite put on their errors; of anything else thrown, all parts are absent. */
function partsOf(error: unknown): DatabaseError {
  if (typeof error !== 'object' || error === null) return {};
  const text = (key: keyof DatabaseError) => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === 'string' ? { [key]: value } : {};
  };
  return { ...text('code'), ...text('constraint'), ...text('message') };
}

/** True when PostgreSQL aborted a transaction that can simply be run again: serialization failure, deadlock. */
export function isTransient(error: unknown): boolean {
  const { code } = partsOf(error);
  return code === '40001' || code === '40P01';
}

/** True when this constraint refused the write. */
export function isRefusedBy(error: unknown, constraint: string): boolean {
  return partsOf(error).constraint === constraint;
}

/** No connection, or it ended: class 08, shutdown, start-up, too many connections, idle in transaction too long. */
const unavailableStates = new Set(['57P01', '57P02', '57P03', '53300', '25P03']);
const socketErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** What pg throws without a code when the socket ends under a statement or no session comes free. */
const lostConnection =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/;

/** True when the session that threw it must not be used again. */
export function isConnectionLoss(error: unknown): boolean {
  const { code = '', message = '' } = partsOf(error);
  return (
    (code.length === 5 && code.startsWith('08')) ||
    unavailableStates.has(code) ||
    socketErrors.has(code) ||
    lostConnection.test(message) ||
    (error instanceof AggregateError && error.errors.some(isConnectionLoss)) ||
    error instanceof WebAssembly.RuntimeError
  );
}

/** Faults stay; a lost connection becomes `store.unavailable`; everything else is left for the log. */
export function toFault(error: unknown): unknown {
  if (isFault(error)) return error;
  return isConnectionLoss(error) ? new Fault('store.unavailable', { cause: error }) : error;
}
