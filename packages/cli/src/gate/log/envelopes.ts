import { objectOf } from './row-readers.ts';

/** What carries lines of another program: containers' runtimes, syslog, log shippers. */
export interface Envelope {
  readonly name: string;
  /** The line within; null for a line without this envelope. */
  open(line: string): string | null;
}

const matching = (name: string, pattern: RegExp): Envelope => ({
  name,
  open: (line) => pattern.exec(line)?.[1] ?? null,
});

const dockerKeys = ['log', 'stream', 'time', 'attrs'];

/** Docker's json-file driver: `{"log":"…\n","stream":"stdout","time":"…"}`; programs have a key `log` of their own, too. */
const docker: Envelope = {
  name: 'docker',
  open: (line) => {
    if (!line.startsWith('{"log":')) return null;
    const object = objectOf(line);
    const isDocker = object !== null && Object.keys(object).every((key) => dockerKeys.includes(key));
    const log = isDocker ? object['log'] : undefined;
    return typeof log === 'string' ? log.replace(/\r?\n$/, '') : null;
  },
};

/** Log shippers put the line itself under one of these keys of their own JSON. */
const messageKeys = [
  'message',
  'log',
  'msg',
  'MESSAGE',
  'content',
  '__raw__',
  '__CONTENT__',
  'raw',
  'line',
  'event.original',
];

export const shippers: readonly Envelope[] = messageKeys.map((key) => ({
  name: `JSON ${key}`,
  open: (line) => {
    const object = objectOf(line);
    const [outer = '', inner] = key.split('.');
    const value =
      inner === undefined
        ? object?.[outer]
        : (object?.[outer] as Readonly<Record<string, unknown>> | undefined)?.[inner];
    return typeof value === 'string' ? value.replace(/\r?\n$/, '') : null;
  },
}));

export const envelopes: readonly Envelope[] = [
  docker,
  // The container runtime interface: `2026-11-21T10:00:00.1Z stdout F …`; of a long line cut in parts (P) the first names the host.
  matching('containerd', /^\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d) (?:stdout|stderr) [FP] (.*)$/),
  matching('syslog', /^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ [^\s:[]+(?:\[\d+\])?: (.*)$/),
  matching('syslog', /^<\d{1,3}>\d \S+ \S+ \S+ \S+ \S+ (?:-|(?:\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])+) (?:\ufeff)?(.*)$/),
  matching('syslog', /^(?:<\d{1,3}>)?\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d) \S+ [^\s:[]+(?:\[\d+\])?: (.*)$/),
  matching('docker compose', /^[\w.-]+ +\| (.*)$/),
  matching('kubectl', /^\[pod\/[^\]]+\] (.*)$/),
];
