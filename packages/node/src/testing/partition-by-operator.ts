import { askPostgres } from './ask-postgres.ts'

/** What is to be partitioned. */
export interface Partitioning {
  readonly url: string
  readonly schema: string
  /** Whose rows get partitions of their own; all others stay in what were the tables. */
  readonly operator: string
}

/**
 * Makes each table of collections `partition by list (_op)`, while nobody uses them. The partitions stand in two schemas, for their
 * indexes must have the names that the storage gave: by these it tells which unique key a commit broke. Views go: the next
 * migration makes them anew.
 *
 * @returns the two schemas
 */
export async function partitionByOperator({ url, schema, operator }: Partitioning): Promise<string[]> {
  const ask = (text: string) => askPostgres(url, text)
  const [own, others] = [`${schema}_own`, `${schema}_others`]
  const tables = await ask(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = '_op'
    where c.relnamespace = '${schema}'::regnamespace and c.relkind = 'r'`)
  const views = await ask(
    `select relname as name from pg_class where relnamespace = '${schema}'::regnamespace and relkind = 'v'`,
  )
  await ask(
    [
      `create schema ${own}; create schema ${others}`,
      ...views.map(({ name }) => `drop view ${schema}."${name}" cascade`),
      `delete from ${schema}._meta where name like '%views%'`,
    ].join(';'),
  )
  for (const { name } of tables) {
    const indexes = await ask(`
      select pg_get_indexdef(indexrelid) as text, indisprimary as "isPrimary", indexrelid::regclass::text as index
      from pg_index where indrelid = '${schema}."${name}"'::regclass`)
    const made = (at: string) => [
      `create table ${at}."${name}" (like ${others}."${name}" including defaults)${at === schema ? ' partition by list (_op)' : ''}`,
      ...indexes.map(({ text, isPrimary }) => indexOf(at, String(name), { text: String(text), isPrimary, schema })),
    ]
    await ask(
      [
        'begin',
        `alter table ${schema}."${name}" set schema ${others}`,
        ...made(schema),
        ...made(own),
        `insert into ${own}."${name}" select * from ${others}."${name}" where _op = '${operator}'`,
        `delete from ${others}."${name}" where _op = '${operator}'`,
        `alter table ${schema}."${name}" attach partition ${own}."${name}" for values in ('${operator}')`,
        `alter table ${schema}."${name}" attach partition ${others}."${name}" default`,
        'commit',
      ].join(';'),
    )
  }
  return [own, others]
}

function indexOf(
  at: string,
  table: string,
  { text, isPrimary, schema }: { text: string; isPrimary: unknown; schema: string },
): string {
  if (!isPrimary) return text.replace(new RegExp(` ON ${schema}\\.`), () => ` ON ${at}.`)
  const columns = text.slice(text.lastIndexOf('('))
  return `alter table ${at}."${table}" add constraint "${table}_pkey" primary key ${columns}`
}
