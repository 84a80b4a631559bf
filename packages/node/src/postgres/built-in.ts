import type { Statement } from './statement.ts'
import { qualified, quoted } from './table.ts'

/** Version of the tables beside the collections. A schema of another version is not touched. */
export const FORMAT = 1

/** A text whose order is that of its code points. */
export const TEXT = 'text collate "C"'

/** Made last: a schema that has it has all that is built in. */
export const NEWEST_INDEX = '_jobs_waiting_for'

/** What every schema has; each can be repeated. What is there is not asked for by `if not exists`, which locks the table first. */
export function builtInStatements(schema: string): Statement[] {
  const table = (name: string) => qualified(schema, name)
  const index = (name: string, made: string) => unless(`to_regclass(${literal(table(name))}) is not null`, made)
  return [
    // Who may make none uses one that was made for them.
    unless(`to_regnamespace(${literal(quoted(schema))}) is not null`, `create schema ${quoted(schema)}`),
    `create table if not exists ${table('_meta')} (name text primary key, value integer not null)`,
    `create table if not exists ${table('_collections')} (
      name text primary key, shape json not null, generation integer not null
    )`,
    `create table if not exists ${table('_counters')} (
      op ${TEXT} not null, counter ${TEXT} not null, used bigint not null, held bigint not null,
      primary key (op, counter)
    )`,
    `create table if not exists ${table('_series')} (
      op ${TEXT} not null, series ${TEXT} not null, last bigint not null, primary key (op, series)
    )`,
    `create table if not exists ${table('_commits')} (
      op ${TEXT} not null, id ${TEXT} not null, answer text not null, primary key (op, id)
    )`,
    `create table if not exists ${table('_jobs')} (
      id ${TEXT} primary key, op ${TEXT} not null, site ${TEXT} not null, queue ${TEXT} not null, key ${TEXT},
      data text not null, enqueued_at ${TEXT} not null, run_at ${TEXT} not null, state ${TEXT} not null,
      joins boolean not null, attempt integer not null, token bigint not null, leased_until ${TEXT}, worker text,
      error text, priority integer not null default 0
    )`,
    index('_jobs_joined', `create unique index _jobs_joined on ${table('_jobs')} (op, site, queue, key) where joins`),
    index('_jobs_leased', `create index _jobs_leased on ${table('_jobs')} (leased_until) where state = 'leased'`),
    index('_jobs_parked', `create index _jobs_parked on ${table('_jobs')} (id) where state = 'parked'`),
    `create table if not exists ${table('_stale')} (
      collection ${TEXT} not null, op ${TEXT} not null, site ${TEXT} not null, id ${TEXT} not null,
      primary key (collection, op, site, id)
    )`,
    `create or replace function ${table('_note_stale')}() returns trigger language plpgsql as $$
    begin
      insert into ${table('_stale')} values (tg_table_name, new._op, new._site, new._id) on conflict do nothing;
      return null;
    end $$`,
    // Under a name that versions do not know which cannot search the collection: they would forget it and leave its entries.
    `create or replace function ${table('_note_removed')}() returns trigger language plpgsql as $$
    begin
      insert into ${table('_stale')} values ('_tokens_' || tg_table_name, old._op, old._site, old._id) on conflict do nothing;
      return null;
    end $$`,
    // Nothing is lost with them but a few minutes' patience.
    `create unlogged table if not exists ${table('_rate_limits')} (
      key varchar(255) primary key, points integer not null default 0, expire bigint
    )`,
    unless(
      `exists (select 1 from pg_attribute where attrelid = to_regclass(${literal(table('_jobs'))}) and attname = 'waits_for')`,
      `alter table ${table('_jobs')} add column waits_for ${TEXT} not null default ''`,
    ),
    // The newest: where it is, all else is. It took the place of those that could not tell apart what jobs wait for, and priorities.
    index(
      NEWEST_INDEX,
      `create index ${NEWEST_INDEX} on ${table('_jobs')}
        (op, site, queue, waits_for, priority, run_at, id) where state = 'waiting'`,
    ),
    // `_jobs_lanes` is left to the release before, which looks for it and finds its jobs by it.
    `drop index if exists ${table('_jobs_due')}`,
    `insert into ${table('_meta')} values ('format', ${FORMAT}) on conflict do nothing`,
  ].map((text) => ({ text, values: [] }))
}

function unless(condition: string, statement: string): string {
  return `do $$ begin if not (${condition}) then ${statement}; end if; end $$`
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
