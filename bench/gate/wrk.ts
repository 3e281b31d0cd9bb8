import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a run of wrk found. Times in milliseconds. */
export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Connections that failed or ran into a time limit, and answers of 400 and above. */
  readonly troubles: number;
}

/** How wrk shall ask. */
export interface Asking {
  readonly url: string;
  readonly hosts: readonly string[];
  /** Carries the host; `Host` by default. */
  readonly header?: string;
  readonly connections: number;
  readonly seconds: number;
  /** Each connection rests that long between an answer and the next question, on average. */
  readonly restMs?: number;
}

const script = `
local requests, at = {}, 0
local header, rest = os.getenv("HEADER"), tonumber(os.getenv("REST_MS"))
for host in io.lines(os.getenv("HOSTS")) do
  local own = header == "Host" and "" or "Host: gate\\r\\n"
  requests[#requests + 1] = "GET " .. os.getenv("ASK_PATH") .. " HTTP/1.1\\r\\n" .. own .. header .. ": " .. host .. "\\r\\n\\r\\n"
end
function request()
  at = at % #requests + 1
  return requests[at]
end
if rest > 0 then
  function delay() return math.floor(math.random() * (2 * rest + 1)) end
end
function done(summary, latency)
  local errors = summary.errors
  local troubles = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("\\nRESULT %f %f %f %d\\n", summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, troubles))
end
`;

/** Runs wrk (Debian's package wrk) with one thread. */
export async function wrk(folder: string, asking: Asking): Promise<Load> {
  const [lua, hosts] = [join(folder, 'ask.lua'), join(folder, 'hosts')];
  writeFileSync(lua, script);
  writeFileSync(hosts, `${asking.hosts.join('\n')}\n`);
  const { pathname, origin } = new URL(asking.url);
  const args = ['-t1', `-c${asking.connections}`, `-d${asking.seconds}s`, '--timeout', '5s', '-s', lua, origin];
  const env = {
    ...process.env,
    HOSTS: hosts,
    HEADER: asking.header ?? 'Host',
    REST_MS: `${asking.restMs ?? 0}`,
    ASK_PATH: pathname,
  };
  const said = await outputOf('wrk', args, env);
  const [, perSecond, p50Ms, p99Ms, troubles] = /^RESULT (\S+) (\S+) (\S+) (\S+)$/m.exec(said) ?? [];
  if (troubles === undefined) throw new Error(`wrk: ${said}`);
  return { perSecond: Number(perSecond), p50Ms: Number(p50Ms), p99Ms: Number(p99Ms), troubles: Number(troubles) };
}

/** What a program says until it ends well. */
function outputOf(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve(said) : reject(new Error(`${program} ended with ${code}: ${said}`)),
    );
  });
}
