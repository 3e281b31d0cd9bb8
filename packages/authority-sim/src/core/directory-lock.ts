import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, unlinkSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The data directory is held by another process (or by another simulator in this one). */
export class DirectoryInUseError extends Error {
  override name = 'DirectoryInUseError';
}

/**
 * Holds `dataDir` for this process until released or dead, kill -9 included: the lock is a listening local socket named
 * after the directory, which the system takes away with the process. It guards within one machine (one network
 * namespace on Linux). Throws DirectoryInUseError when somebody holds it.
 */
export async function lockDirectory(dataDir: string): Promise<{ release(): Promise<void> }> {
  mkdirSync(dataDir, { recursive: true });
  const address = socketAddress(realpathSync(dataDir));
  const server = (await listen(address)) ?? (await listenInsteadOfTheDead(address));
  if (!server) {
    throw new DirectoryInUseError(
      `数据目录 ${dataDir} 正被另一个进程使用，请先停止它或换一个目录。\n` +
        `The data directory ${dataDir} is in use by another process: stop it or choose another directory.`,
    );
  }
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function socketAddress(realPath: string): string {
  const name = `openbeian-authority-sim-${createHash('sha256').update(realPath).digest('hex').slice(0, 32)}`;
  if (process.platform === 'linux') return `\0${name}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(address: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => resolve(server.unref()));
  });
}

/** Where sockets are files (macOS), that of a killed process stays behind: nobody answers there. */
async function listenInsteadOfTheDead(address: string): Promise<Server | undefined> {
  if (process.platform === 'linux' || process.platform === 'win32') return undefined;
  const alive = await new Promise<boolean>((resolve) => {
    const socket = createConnection(address, () => resolve(true)).on('error', () => resolve(false));
    socket.unref();
  });
  if (alive) return undefined;
  unlinkSync(address);
  return listen(address);
}
