import { parseGateConfig, startGate } from '@openbeian/gate';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument } from '../io/read-document.ts';

/**
 * Runs the gate until the process is told to stop.
 * @throws InputError for a bad configuration, or an address that cannot be listened on.
 */
export async function runGate(file: string, lang: Lang): Promise<void> {
  const config = readDocument(file, lang, parseGateConfig);
  const gate = await startGate(config).catch((error: NodeJS.ErrnoException) => {
    if (error.syscall !== 'listen') throw error;
    const { host, port } = config.listen;
    throw new InputError(
      lang === 'zh'
        ? `${file}: listen：无法在 ${host}:${port} 监听（${error.code}），请换一个地址或端口`
        : `${file}: listen: cannot listen on ${host}:${port} (${error.code}): use another address or port`,
    );
  });
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await gate.close();
}
