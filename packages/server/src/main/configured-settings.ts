import type { Setting } from '../flows/audit/record-configuration.ts';
import type { Config } from './config.ts';
import { describedAs, settingsOf } from './config-schema.ts';

/** Every setting as it is configured, for the audit; those that hold a secret are marked. */
export function configuredSettings(config: Config): Setting[] {
  return settingsOf().map(({ path, shape }) => {
    const value = path.reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>>)[key], config);
    return {
      path: path.join('.'),
      value: JSON.stringify(value) ?? 'null',
      secret: describedAs(shape)?.secret === true,
    };
  });
}
