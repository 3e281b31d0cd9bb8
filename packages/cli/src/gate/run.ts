import { type GateConfig, parseGateConfig, startGate } from '@openbeian/gate';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument } from '../io/read-document.ts';
import { gateWords } from './words.ts';

/**
 * Runs the gate until the process is told to stop.
 * @throws InputError for a bad configuration, or an address that cannot be listened on.
 */
export async function runGate(file: string, lang: Lang): Promise<void> {
  const config = readDocument(file, lang, parseGateConfig);
  const gate = await startGate(config).catch((error: ListenError) => {
    if (error.syscall !== 'listen') throw error;
    throw new InputError(gateWords.cannotListen(file, addressOf(error, config.listen), String(error.code))[lang]);
  });
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await gate.close();
}

interface ListenError extends NodeJS.ErrnoException {
  readonly address?: string;
  readonly port?: number;
}

/** The address that the system refused, which may be one of `listenFor`; a thread's error does not say. */
function addressOf({ address, port = -1 }: ListenError, { host, port: own, path }: GateConfig['listen']): string {
  if (address === undefined) return path ?? `${host}:${own}`;
  return port < 0 ? address : `${address}:${port}`;
}
