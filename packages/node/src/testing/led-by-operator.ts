/** A table that a statement touches, of which nothing says that its rows are of one operator. */
export interface Unled {
  readonly table: string
  readonly text: string
}

/** Statements that may touch rows of all operators, each with its reason. */
export interface Exception {
  readonly why: string
  readonly tables?: readonly string[] | undefined
  readonly text?: RegExp | undefined
}

/** What serves all operators, or belongs to none. */
export const OF_ALL_OPERATORS: readonly Exception[] = [
  { why: 'what was migrated is told of the whole schema', tables: ['_meta', '_collections'] },
  { why: 'counts of addresses of the network, before an operator is known', tables: ['_rate_limits'] },
  { why: 'repair: what older code wrote is noted for all operators', tables: ['_stale'] },
  { why: 'a migration looks which stretches it fills', text: /_gen < \d+ group by _op, _site/ },
  {
    why: 'a worker takes jobs of all operators in turn, and looks when the next is due',
    tables: ['_jobs'],
    text: /^with recursive lanes /,
  },
  {
    why: 'a worker has a job in hand by its id and token',
    tables: ['_jobs'],
    text: /where id = \$1 and token = \$2(?!.* or )/,
  },
  {
    why: 'a job is looked at, unparked and dismissed by its id',
    tables: ['_jobs'],
    text: /where id = \$1( and state = 'parked'|$)/,
  },
  {
    why: 'an operator’s jobs are listed and counted, or those of all',
    tables: ['_jobs'],
    text: /(?<! or )\(\$\d::text is null or op = \$\d\)(?! or )(?!.*\) or )/,
  },
]

/** Part of a statement in parentheses, with what stands in them taken out, as `(#0)`. */
type Parts = readonly string[]

/** What a migration sends: it makes tables and views. */
const DEFINES = /^(create|alter|drop|comment|grant|revoke|analyze|do) /

/**
 * The tables of a schema that a statement reads or writes without a condition on their operator, which is a parameter or the
 * operator of another row; an insert must give it. For texts as this package makes them: a condition stands beside its table.
 * What it does not understand it tells.
 *
 * @param schema its name, or a pattern of names
 */
export function unledTables(statement: string, schema: string): Unled[] {
  const text = statement.replaceAll(/\s+/g, ' ').trim()
  const read = text.replaceAll(/'(?:[^']|'')*'/g, "''").toLowerCase()
  if (DEFINES.test(read)) return []
  const isKnown = /^\(?(with|select|insert|update|delete)\b/.test(read) && !/--|\/\*/.test(read)
  const parts = partsOf(read)
  return parts.flatMap((part) =>
    part
      .split(/\bunion(?: all)?\b/)
      .flatMap((scope) => (isKnown ? unledOf(scope, { parts, schema }) : tablesOf(scope, schema)))
      .map((table) => ({ table, text })),
  )
}

/** Every table of the schema that is named, however. */
const tablesOf = (scope: string, schema: string): string[] =>
  [...scope.matchAll(new RegExp(`"${schema}"\\."(\\w+)"`, 'g'))].map(([, table = '']) => table)

/** Those that no exception names. */
export function unledBeyond(exceptions: readonly Exception[], texts: Iterable<string>, schema: string): Unled[] {
  return [...texts]
    .flatMap((text) => unledTables(text, schema))
    .filter(({ table, text }) => !exceptions.some((exception) => isMeant(exception, { table, text })))
}

const isMeant = ({ tables, text: form }: Exception, { table, text }: Unled): boolean =>
  (tables?.includes(table) ?? true) && (form?.test(text.toLowerCase()) ?? true)

/** The innermost first, the whole last. */
function partsOf(text: string): Parts {
  const parts: string[] = []
  let rest = text
  for (;;) {
    const [inner] = /\([^()]*\)/.exec(rest) ?? []
    if (inner === undefined) return [...parts, rest]
    parts.push(inner.slice(1, -1))
    rest = rest.replace(inner, () => `{${parts.length - 1}}`)
  }
}

const OPERATOR = '_?op'
const NO_ALIAS = [
  'where',
  'set',
  'on',
  'select',
  'values',
  'order',
  'limit',
  'group',
  'cross',
  'left',
  'join',
  'for',
  'from',
]

function unledOf(scope: string, { parts, schema }: { parts: Parts; schema: string }): string[] {
  const touched = new RegExp(`\\b(insert into|from|update|join) "?${schema}"?\\."?(\\w+)"?(?: as)?(?: (\\w+))?`, 'g')
  const found = [...scope.matchAll(touched)]
  const all = tablesOf(scope, schema)
  // One that stands elsewhere, as after a comma; or a condition that is one of two.
  if (found.length < all.length || (all.length > 0 && / or /.test(scope))) return all
  const isAlone = found.length === 1 && !OTHERS.test(scope)
  return found.flatMap((match) => {
    const [whole, verb, table = '', name = ''] = match
    const rest = scope.slice(match.index + whole.length)
    const isLed =
      verb === 'insert into'
        ? givesOperator(NO_ALIAS.includes(name) ? `${name}${rest}` : rest, parts)
        : hasCondition(scope, { alias: NO_ALIAS.includes(name) ? table : name, isAlone })
    return isLed ? [] : [table]
  })
}

/** What stands beside the one table of a scope, and may have an operator too. */
const OTHERS = / join |\busing\b|\bfrom (?:(?!\b(?:where|set|order|group|limit|for|returning)\b).)*,/

/** The condition of an outer join leaves out no row of the table beside it; what is sorted or chosen by leaves out none. */
const NO_CONDITION = /\bcase\b.*?\bend\b|\b(?:order|group) by\b.*?(?=\blimit\b|\bfor\b|$)/g
const LEFT_JOIN =
  /\b(?:left|right|full) join (?:lateral )?(\S+)(?: as)?(?: (?!on\b)(\w+))? on .*?(?=\b(?:left |right |full |cross )?join\b|\bwhere\b|$)/g

function hasCondition(scope: string, { alias, isAlone }: { alias: string; isAlone: boolean }): boolean {
  const of = isAlone ? `(?:${alias}\\.)?` : `${alias}\\.`
  const conditions = scope
    .replaceAll(NO_CONDITION, ' ')
    .replaceAll(LEFT_JOIN, (clause, _table, joined) => (joined === alias ? clause : ' '))
  const led = `(?:where|and|on) ${of}${OPERATOR} = (?:\\$\\d+|(?!${alias}\\.)\\w+\\.${OPERATOR})(?!\\w)`
  return new RegExp(led).test(conditions)
}

/** A parameter stands where the operator is in each row, which is first in tables of which the columns are not named. */
function givesOperator(rest: string, parts: Parts): boolean {
  const [, columns, values, selected] =
    /^\s*(?:\{(\d+)\} )?(?:values ((?:,? ?\{\d+\})+)|select ([\s\S]*))/.exec(rest) ?? []
  const named = columns === undefined ? ['_op'] : (parts[Number(columns)] ?? '').split(',').map((name) => name.trim())
  const place = named.findIndex((name) => new RegExp(`^${OPERATOR}$`).test(name))
  const rows = values?.match(/\d+/g)?.map((row) => parts[Number(row)] ?? '') ?? [selected ?? '']
  return place >= 0 && rows.every((row) => /^\s*\$\d+\s*$/.test(row.split(',')[place] ?? ''))
}
