/** Exports that only tests import, each with the reason why it stays in production code. */
export const exportsForTests: Readonly<Record<string, string>> = {};
