import type { FastifyRequest } from 'fastify';
import type { Source } from '../flows/command/call.ts';
import { countedAddress } from './caller-address.ts';

const browsers = [
  ['MicroMessenger', 'WeChat'],
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['HarmonyOS', 'HarmonyOS'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** Enough for a person to recognise a session by, and no more: `Firefox, Windows`. */
function deviceOf(userAgent: string): string {
  const found = (table: readonly (readonly [string, string])[]) =>
    table.find(([mark]) => userAgent.includes(mark))?.[1];
  return [found(browsers), found(systems)].filter((part) => part !== undefined).join(', ');
}

export const sourceOf = (request: FastifyRequest, sessionId: string | null): Source => ({
  address: request.ip,
  network: countedAddress(request.ip),
  sessionId,
  device: deviceOf(request.headers['user-agent'] ?? ''),
});
