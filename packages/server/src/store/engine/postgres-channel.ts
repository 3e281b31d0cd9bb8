import pg from 'pg';
import type { Channel } from './channel.ts';
import type { LiveSessions } from './live-sessions.ts';

const name = 'openbeian_work';

/** @param listenUrl leads to PostgreSQL itself, past a pooler that hands out sessions per transaction */
export function postgresChannel(listenUrl: string, sessions: LiveSessions): Channel {
  return {
    async send(text) {
      const client = await sessions.connect();
      let broken = true;
      try {
        await sessions.answered(client, client.query('SELECT pg_notify($1, $2)', [name, text]));
        broken = false;
      } finally {
        client.release(broken);
      }
    },
    async open(onText, onEnd) {
      const client = new pg.Client({
        connectionString: listenUrl,
        application_name: 'openbeian listens',
        connectionTimeoutMillis: 10_000,
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
      });
      let isEnded = false;
      const end = () => {
        if (!isEnded) onEnd();
        isEnded = true;
      };
      client.on('error', end);
      client.on('end', end);
      client.on('notification', ({ payload = '' }) => onText(payload));
      const close = () => {
        isEnded = true;
        client.end().catch(() => {});
      };
      try {
        await client.connect();
        await client.query(`LISTEN ${name}`);
      } catch (error) {
        close();
        throw error;
      }
      return { close };
    },
  };
}
