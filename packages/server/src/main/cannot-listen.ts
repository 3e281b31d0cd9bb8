import { Fault } from '@openbeian/model/fault';

/**
 * An address that cannot be listened on is for whoever chose it: fault `config.invalid`. Other errors stay as they are.
 * @param setting what chooses the port, e.g. `http.port`
 */
export function cannotListen(error: unknown, setting: string, host: string, port: number): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  const isTaken = code === 'EADDRINUSE';
  if (!isTaken && code !== 'EACCES' && code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND') return error;
  const place = {
    path: setting,
    expected: isTaken
      ? `a port that is free; ${port} is in use`
      : `an address to listen on; ${host}:${port} is none here`,
    expectedZh: isTaken ? `应为空闲端口，${port} 已被占用` : `应为可监听的地址，${host}:${port} 不可用`,
  };
  return new Fault('config.invalid', { places: [place], cause: error });
}
