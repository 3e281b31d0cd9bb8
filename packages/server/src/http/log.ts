import { type DestinationStream, type Logger, pino } from 'pino';

/** Names under which something secret or personal could appear in what is logged; the values are never written. */
const secretNames = [
  'authorization',
  'body',
  'certificateNumber',
  'clear',
  'code',
  'cookie',
  'form',
  'mobile',
  'name',
  'password',
  'query',
  'search',
  'secret',
  'token',
  'values',
];

/**
 * The program's log: JSON lines. We log what was done and by which id, never bodies, cookies, queries or form values;
 * redaction is the second fence.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths, censor: '[redacted]' },
    serializers: { err: errorText },
  };
  return pino(options, destination ?? pino.destination(gathered));
}

/**
 * Lines of the same moment are written together: one write for each request costs as much as its answer. What a process that is killed
 * had not written yet are lines of its last tenth of a second; one that ends by itself writes them.
 */
const gathered = { dest: 1, sync: false, minLength: 4096, periodicFlush: 100 };

/** Type, message and stack of an error and of what caused it. Other properties may carry rows of the database. */
function errorText(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    ...((typeof code === 'string' || typeof code === 'number') && { errorCode: code }),
    stack: error.stack,
    ...(error.cause !== undefined && { cause: errorText(error.cause) }),
  };
}
