import { faultCatalogue, isFault } from '@openbeian/model/fault';
import { InputError } from '../io/input.ts';
import { ioWords } from '../io/words.ts';

/** How long what is under way may take to end. */
const closeWithinMs = 15_000;

/**
 * Waits for SIGINT or SIGTERM, then closes. A second signal ends at once; one that comes with the first (a terminal
 * signals every process of the command, and the launcher passes it on) does not count.
 * @param drain goes before closing and takes its own time
 */
export async function untilStopped(close: () => Promise<void>, drain = async () => {}): Promise<void> {
  await new Promise<void>((resolve) => {
    let firstAtMs: number | null = null;
    const onSignal = () => {
      if (firstAtMs === null) {
        firstAtMs = performance.now();
        resolve();
      } else if (performance.now() - firstAtMs > 1000) process.exit(130);
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
  process.stderr.write('正在停止…… / stopping …\n');
  await drain();
  const overdue = setTimeout(() => {
    process.stderr.write(
      '未能及时停止，强制结束；已确认的操作不会丢失。 / ended by force; nothing acknowledged is lost.\n',
    );
    process.exit(1);
  }, closeWithinMs);
  await close();
  clearTimeout(overdue);
  // Whatever else still holds the process must not keep it alive.
  setTimeout(() => process.exit(), 1000).unref();
}

/**
 * Faults of configuration, keys and database, and files that cannot be read or written, are for whoever starts the program:
 * a message and exit status 1.
 * @param options the command line's names of settings, where it chose them
 */
export async function sayingFaults<T>(
  work: () => Promise<T>,
  options: Readonly<Record<string, string>> = {},
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throwForFile(error);
    if (!isFault(error) || error.code === 'internal') throw error;
    const { zh, en } = faultCatalogue[error.code];
    const places = error.extras.places ?? [];
    const lines = places.map(
      ({ path, expected, expectedZh }) =>
        `  ${options[path] ?? path}: ${expectedZh === undefined ? '' : `${expectedZh} / `}${expected}`,
    );
    const { detail } = error.extras;
    throw new InputError([`${zh} / ${en}`, ...(detail ? [`  ${detail.zh} / ${detail.en}`] : []), ...lines].join('\n'));
  }
}

/** What fails of a file that was to be read only; opening one says neither. */
const readingCalls: readonly string[] = ['read', 'scandir', 'readlink'];
/** What only hinders a writer. */
const writersCodes: readonly string[] = ['ENOSPC', 'EROFS', 'EDQUOT', 'EEXIST'];

/** A full disk, a folder or a file of somebody else's: said with the file and what the system says. */
function throwForFile(error: unknown): void {
  if (!(error instanceof Error)) return;
  const { path, syscall, code } = error as NodeJS.ErrnoException;
  if (path === undefined || syscall === undefined || syscall === 'connect') return;
  const words = wordsFor(syscall, code ?? '');
  const { zh, en } = words(path, error.message);
  throw new InputError(`${zh} / ${en}`);
}

function wordsFor(syscall: string, code: string): typeof ioWords.cannotWrite {
  if (readingCalls.includes(syscall)) return ioWords.cannotRead;
  return syscall === 'open' && !writersCodes.includes(code) ? ioWords.cannotOpen : ioWords.cannotWrite;
}
