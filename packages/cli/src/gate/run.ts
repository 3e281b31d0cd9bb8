import { parseGateConfig, startGate } from '@openbeian/gate';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument } from '../io/read-document.ts';
import { gateWords } from './words.ts';

/**
 * Runs the gate until the process is told to stop.
 * @throws InputError for a bad configuration, or an address that cannot be listened on.
 */
export async function runGate(file: string, lang: Lang): Promise<void> {
  const config = readDocument(file, lang, parseGateConfig);
  const gate = await startGate(config).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall !== 'listen') throw error;
    const { host, port, path } = config.listen;
    throw new InputError(gateWords.cannotListen(file, path ?? `${host}:${port}`, String(error.code))[lang]);
  });
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await gate.close();
}
