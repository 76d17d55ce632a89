import { Logger, run, runMigrations, type Runner, type TaskList } from 'graphile-worker';
import pg from 'pg';
import type { Now } from '#kernel/clock.ts';
import { nowOf } from '#kernel/clock.ts';
import { deliverEvents, type Consumer } from '../events/deliver.ts';
import type { Services } from '../services.ts';

/** Work done by the clock. `everyMinutes` must divide an hour or a day; it runs once however many servers there are. */
export type Job = {
  readonly name: string;
  readonly everyMinutes?: number;
  readonly run: (services: Services, now: Now) => Promise<void>;
};

/** The one door for the application's role: it owns nothing of the queue and may only add a job by name (SECURITY R11). */
const door = `
  grant usage on schema graphile_worker to sauro_app;
  create or replace function graphile_worker.enqueue(task text, payload json, job_key text) returns void
    language sql volatile security definer set search_path = graphile_worker, pg_temp
    as $$ select graphile_worker.add_job(identifier => task, payload => payload, job_key => job_key, job_key_mode => 'preserve_run_at', max_attempts => 1000) $$;
  revoke all on function graphile_worker.enqueue(text, json, text) from public;
  grant execute on function graphile_worker.enqueue(text, json, text) to sauro_app;`;

export async function prepareJobs(jobsUrl: string): Promise<void> {
  await runMigrations({ connectionString: jobsUrl });
  const client = new pg.Client({ connectionString: jobsUrl });
  await client.connect();
  try {
    await client.query(door);
  } finally {
    await client.end();
  }
}

/**
 * Starts the workers of this process.
 *
 * A process killed with -9 leaves its jobs locked for hours; every worker of ours holds a session lock on the server for
 * as long as it lives, so at the start the jobs of workers without such a lock are released.
 */
export async function startWorkers(jobsUrl: string, services: Services, consumers: readonly Consumer[], jobs: readonly Job[]): Promise<{ stop(): Promise<void> }> {
  const holder = new pg.Client({ connectionString: jobsUrl, application_name: 'sauro-workers' });
  holder.on('error', () => undefined);
  await holder.connect();
  await releaseDeadWorkers(holder);
  const tasks: TaskList = { 'deliver-events': async () => { await deliverEvents(services, consumers); } };
  for (const job of jobs) tasks[job.name] = async () => job.run(services, nowOf(new Date()));
  const runner: Runner = await run({
    connectionString: jobsUrl,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 2000,
    taskList: tasks,
    crontab: jobs.filter((job) => job.everyMinutes !== undefined).map((job) => `${cron(job.everyMinutes ?? 60)} ${job.name} ?fill=1d&jobKey=${job.name}`).join('\n'),
    logger: quietLogger(services),
  });
  return {
    async stop() {
      await runner.stop();
      await holder.end().catch(() => undefined);
    },
  };
}

function cron(minutes: number): string {
  if (minutes < 60) return minutes === 1 ? '* * * * *' : `*/${minutes} * * * *`;
  return minutes < 1440 ? `0 */${minutes / 60} * * *` : '0 0 * * *';
}

/** One server process at a time runs workers on the embedded server; beyond it, a lock row per process tells who lives. */
async function releaseDeadWorkers(holder: pg.Client): Promise<void> {
  const { rows } = await holder.query<{ alone: boolean }>("select pg_try_advisory_lock(7364102) as alone");
  if (rows[0]?.alone !== true) return;
  const locked = await holder.query<{ locked_by: string }>('select distinct locked_by from graphile_worker._private_jobs where locked_by is not null');
  if (locked.rows.length > 0) await holder.query('select graphile_worker.force_unlock_workers($1::text[])', [locked.rows.map((row) => row.locked_by)]);
  await holder.query('update graphile_worker._private_job_queues set locked_at = null, locked_by = null where locked_by is not null');
}

function quietLogger(services: Services) {
  return new Logger(() => (level, message) => {
    if (level === 'error') services.logger.error({ event: 'job' }, message);
    else if (level === 'warning') services.logger.warn({ event: 'job' }, message);
  });
}
