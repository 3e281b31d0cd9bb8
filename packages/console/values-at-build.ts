import { type Plugin, runnerImport } from 'vite';

/**
 * Modules named `*.at-build.ts` export values that need much to be made (shapes, rules, tables) and little to be said. They
 * are run when the console is built, and the browser is given what they export. Elsewhere they are modules as any other.
 */
export function valuesAtBuild(): Plugin {
  return {
    name: 'values-at-build',
    apply: 'build',
    enforce: 'pre',
    load: {
      filter: { id: /\.at-build\.ts$/ },
      handler: async (id) => {
        const { module } = await runnerImport<Readonly<Record<string, unknown>>>(id);
        const lines = Object.entries(module).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`);
        return { code: lines.join('\n'), moduleType: 'js', moduleSideEffects: false };
      },
    },
  };
}
