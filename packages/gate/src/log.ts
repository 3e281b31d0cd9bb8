/** Writes one event. Fields carry versions, counts and codes; never hosts, tokens or anything of a person. */
export type GateLog = (
  level: 'info' | 'error',
  event: string,
  fields: Readonly<Record<string, string | number>>,
) => void;

/** Events as lines of JSON on standard output. */
export const logToStdout: GateLog = (level, event, fields) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, event, ...fields })}\n`);
};
