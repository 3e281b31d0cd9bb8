/** What a cloud answered instead of a list. */
export interface ErrorBody {
  /** Where in the document it is. */
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** Where the four clouds put their errors, with the words they use there. */
const places = [
  { path: ['Response', 'Error'], code: 'Code', message: 'Message' },
  { path: ['Error'], code: 'Code', message: 'Message' },
  { path: ['ResponseMetadata', 'Error'], code: 'Code', message: 'Message' },
  { path: ['error'], code: 'code', message: 'message' },
  { path: [], code: 'error_code', message: 'error_msg' },
] as const;

/** The error that a response holds instead of what was asked for; null for any other document. Forms as the clouds document them. */
export function errorBodyOf(document: unknown): ErrorBody | null {
  for (const { path, code, message } of places) {
    const at = valueAt(document, path);
    const found = text(at?.[code]);
    if (found !== null) return { path: path.join('.') || '(root)', code: found, message: text(at?.[message]) ?? '' };
  }
  const root = valueAt(document, []);
  // Alibaba answers `Code` at the top: beside `Success: true` it is no error, and beside data neither.
  const code = text(root?.['Code']);
  const data = ['Instances', 'EipAddresses', 'Data'].some((key) => valueAt(document, [key]) !== null);
  if (code === null || root?.['Success'] === true || (root?.['Success'] === undefined && data)) return null;
  return { path: '(root)', code, message: text(root?.['Message']) ?? '' };
}

function valueAt(document: unknown, path: readonly string[]): Readonly<Record<string, unknown>> | null {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return null;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 300) : null;
}
