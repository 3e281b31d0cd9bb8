import type { Setting } from '../flows/audit/record-configuration.ts';
import type { Vault } from '../ports/index.ts';
import type { Config } from './config.ts';
import { describedAs, settingsOf } from './config-schema.ts';

/**
 * Every setting as it is configured, for the audit; those that hold a secret are marked. With them the ids of the keys that new
 * things use, since the key file is a part of the configuration.
 */
export function configuredSettings(config: Config, newest: Vault['newest']): Setting[] {
  const settings = settingsOf().map(({ path, shape }) => {
    const value = path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>>)[key], config);
    return {
      path: path.join('.'),
      value: JSON.stringify(value) ?? 'null',
      secret: describedAs(shape)?.secret === true,
    };
  });
  const key = (use: keyof Vault['newest']) => ({
    path: `keyRing.${use}`,
    value: JSON.stringify(newest[use]),
    secret: false,
  });
  return [...settings, key('sealing'), key('hashing')];
}
