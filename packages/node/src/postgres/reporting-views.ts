import type { Connection } from './database.ts'
import { REPORTS, type Report } from './reports.ts'
import type { Statement } from './statement.ts'
import { qualified, quoted } from './table.ts'

/** Counts the changes of the views below: where a lower number is stored, they are made anew. */
const VERSION = 5

/** Under this name the number is kept. The releases that guarded the tables look for `views`, and would make theirs anew. */
const VIEWS_NUMBER = `'guarded_views'`

/** The role whose members may read the views; each sees the operators that `_readers` gives it. */
const ROLE = 'bursar_reporting'

/** Are the views those of this version, or of a newer one? And may their role read them, where there is one or can be? */
export async function viewsAreCurrent(connection: Connection, schema: string): Promise<boolean> {
  const names = REPORTS.map(({ name }) => literal(qualified(schema, name)))
  const stored = `select value >= ${VERSION} and not exists (${unread(names)}) from ${qualified(schema, '_meta')}
    where name = ${VIEWS_NUMBER}`
  const [rows] = await connection.run([{ text: stored, values: [] }])
  return rows?.[0]?.[0] === 't'
}

/**
 * Is there a view of ours that the role could be let read? A dump has no roles, and a server may lack the role until
 * somebody makes it. Who took one of the views from the role meant to: then another is read.
 */
function unread(names: readonly string[]): string {
  return `select from pg_class as view left join pg_roles as readers on readers.rolname = '${ROLE}'
    where view.oid = to_regclass(${names[0]}) and pg_has_role(view.relowner, 'usage')
      and case when readers.oid is null
        then (select rolcreaterole or rolsuper from pg_roles where rolname = current_user)
        else not exists (select from unnest(array[${names}]) as name
          where has_table_privilege(readers.oid, to_regclass(name), 'select')) end`
}

/**
 * Makes the read-only views of a schema, and lets their role read them. A view reads with the rights of who owns it, so a
 * reader needs none on the tables, and shows who may not read its table the operators that `_readers` gives them. The
 * tables themselves have no row security: it would hide rows from all who do not own them, without a word. Can be
 * repeated; must run in a transaction, after the tables are there.
 */
export function viewStatements(schema: string, collections: ReadonlySet<string>): Statement[] {
  const views = REPORTS.filter(({ reads }) => collections.has(reads))
  return [
    ROLE_STATEMENT,
    `create table if not exists ${qualified(schema, '_readers')} (
      role name not null, op text collate "C" not null, primary key (role, op)
    )`,
    made(schema, views),
    granted(schema, views),
  ].map((sql) => ({ text: sql, values: [] }))
}

/** A server that lets the storage's role make no roles has none: then only who may read the tables reads the views. */
const ROLE_STATEMENT = `do $$ begin
  create role ${ROLE} nologin;
exception when duplicate_object or unique_violation or insufficient_privilege then null;
end $$`

/** Makes the views where they are older. */
function made(schema: string, views: readonly Report[]): string {
  const meta = qualified(schema, '_meta')
  return `do $$ declare guarded regclass; begin
    if (select value from ${meta} where name = ${VIEWS_NUMBER}) >= ${VERSION} then return; end if;
    ${withoutPolicies(schema)}
    ${views.map((view) => `create or replace ${viewText(schema, view)};`).join('\n')}
    insert into ${meta} values ('views', 1) on conflict do nothing;
    insert into ${meta} values (${VIEWS_NUMBER}, ${VERSION}) on conflict (name) do update set value = excluded.value;
  end $$`
}

/** Version 1 guarded the tables: whoever did not own them saw no row, and readers saw whole documents. */
function withoutPolicies(schema: string): string {
  const readers = literal(qualified(schema, '_readers'))
  return `for guarded in
      select polrelid from pg_policy join pg_class as guards on guards.oid = polrelid
      where polname = 'readers' and relnamespace = to_regnamespace(${literal(quoted(schema))})
    loop
      execute format('drop policy readers on %s', guarded);
      if exists (select from pg_roles where rolname = '${ROLE}') then
        execute format('revoke select on %s, %s from ${ROLE}', guarded, ${readers});
      end if;
      if not exists (select from pg_policy where polrelid = guarded) then
        execute format('alter table %s disable row level security', guarded);
      end if;
    end loop;`
}

/** The barrier keeps what a reader asks for from being tried on rows that are not theirs. */
function viewText(schema: string, { name, reads, columns, joined }: Report): string {
  const table = qualified(schema, reads)
  return `view ${qualified(schema, name)} with (security_barrier = true) as select ${columns} from ${table} as d ${joined}
    where (select has_table_privilege(${literal(table)}::regclass, 'select'))
      or d._op in (select op from ${qualified(schema, '_readers')} where role = current_user)`
}

function granted(schema: string, views: readonly Report[]): string {
  return `do $$ begin
    if exists (select from pg_roles where rolname = '${ROLE}') then
      grant usage on schema ${quoted(schema)} to ${ROLE};
      grant select on ${views.map(({ name }) => qualified(schema, name)).join(', ')} to ${ROLE};
    end if;
  end $$`
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`
