import { CloudFailure, type FailureKind } from './cloud-inventory.ts';

/** A cloud's error codes by what they mean; the first pattern that fits counts. */
export type CodeTable = readonly (readonly [RegExp, FailureKind])[];

const networkCode =
  /\b(E(?:CONN|NOTFOUND|AI_|TIMEDOUT|PIPE|HOST|NET|PROTO|RR_|SOCKETTIMEDOUT)[A-Z_]*|CERT_[A-Z_]+|[A-Z_]*SELF_SIGNED[A-Z_]*|UNABLE_TO_[A-Z_]+)\b/;

/**
 * What an SDK threw, as a CloudFailure.
 * @param said the cloud's code, text and HTTP status, as far as this SDK tells them
 */
export function failureOf(
  error: unknown,
  table: CodeTable,
  said: { readonly code?: string | undefined; readonly status?: number | undefined },
): CloudFailure {
  if (error instanceof CloudFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  const network = networkCode.exec(`${codeIn(error)} ${message}`)?.[1];
  if (network !== undefined) return new CloudFailure('unreachable', message, network);
  if (/time-?d? ?out/i.test(message)) return new CloudFailure('unreachable', message, 'ETIMEDOUT');
  const known = table.find(([pattern]) => pattern.test(said.code ?? ''));
  if (known) return new CloudFailure(known[1], message, said.code ?? null);
  const byStatus = said.status === undefined ? null : kindOfStatus(said.status);
  if (byStatus) return new CloudFailure(byStatus, message, said.code ?? `HTTP ${said.status}`);
  if (said.code !== undefined) return new CloudFailure('refused', message, said.code);
  // What is left is an answer that the SDK could not make sense of.
  return new CloudFailure('malformed', message);
}

function kindOfStatus(status: number): FailureKind | null {
  if (status === 401) return 'credentials_rejected';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'throttled';
  if (status >= 500) return 'busy';
  return status >= 400 ? 'refused' : null;
}

function codeIn(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return `${typeof code === 'string' ? code : ''} ${cause === undefined ? '' : codeIn(cause)}`;
}

/** Takes credentials out of a failure's text: some clouds repeat the access key in theirs. */
export function withoutSecrets(failure: CloudFailure, secrets: readonly (string | undefined)[]): CloudFailure {
  let message = failure.message;
  for (const secret of secrets) if (secret) message = message.replaceAll(secret, '***');
  return new CloudFailure(failure.kind, message.slice(0, 500), failure.code);
}

/** Loads an SDK, which is an optional dependency: people who never sync can do without. */
export async function loadSdk<const T>(names: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') throw new CloudFailure('sdk_missing', names);
    throw error;
  }
}

/** A row list at a place of a response. @throws CloudFailure `malformed` when there is none. */
export function rowsAt(document: unknown, ...keys: readonly string[]): readonly unknown[] {
  const value = valueAt(document, ...keys);
  if (!Array.isArray(value)) throw new CloudFailure('malformed', `no list at ${keys.join('.')}`);
  return value;
}

export function valueAt(document: unknown, ...keys: readonly string[]): unknown {
  let value = document;
  for (const key of keys) {
    value = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  }
  return value;
}

export function numberAt(document: unknown, ...keys: readonly string[]): number | null {
  const value = valueAt(document, ...keys);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export function textAt(document: unknown, ...keys: readonly string[]): string | null {
  const value = valueAt(document, ...keys);
  return typeof value === 'string' && value !== '' ? value : null;
}
