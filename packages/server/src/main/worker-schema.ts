import { z } from 'zod';
import { setting } from './setting.ts';

/** The process of background work. */
export const workerSchema = z
  .strictObject({
    pollMs: setting(
      z.int().min(20).max(60_000).default(1000),
      '后台任务空闲时的查询间隔（毫秒）',
      'Pause of the background work when there is nothing to do',
    ),
    restMs: setting(
      z.int().min(20).max(600_000).default(15_000),
      '能收到数据库通知（LISTEN）时的查询间隔：新任务随到随办，仅为防止遗漏而查询；管局消息仍按 pollMs 查询',
      'The same where the database’s notifications are heard: work is done as soon as it is there, and asked for only in case one was missed; the authority’s messages are asked for at pollMs as before',
    ),
    host: setting(
      z.string().min(1).max(2000).default('127.0.0.1'),
      'worker.port 的监听地址',
      'Address for worker.port',
    ),
    port: setting(
      z.int().min(0).max(65_535).nullable().default(null),
      'worker 进程提供 /healthz、/readyz、/metrics 的端口（/metrics 的令牌同 http.metricsToken）；同一台机器上的各 worker 端口不同。不设则不提供',
      'Port at which a worker answers /healthz, /readyz and /metrics (which asks for http.metricsToken where that is set); workers of one machine need different ones. Without it there is none',
    ),
    stalledSeconds: setting(
      z.int().min(30).max(86_400).default(300),
      '一种任务的一轮超过多少秒仍未结束即视为停滞：/readyz 返回 503 并列出该任务',
      'Seconds after which a round of work that does not end counts as stalled: /readyz answers 503 and names it',
    ),
  })
  .prefault({});
