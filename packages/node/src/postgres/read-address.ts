/** An address, and the settings for the server that stood in it. */
export interface Address {
  /** Without `options`, with which `pg` would replace all others. */
  readonly address: string
  /** As `-c name=value`, or none. */
  readonly options: readonly string[]
  /** `query_timeout`, in milliseconds; null where it does not stand there. It is taken out too, for `pg` would keep it with a timer for each query. */
  readonly queryTimeoutMs: number | null
}

/**
 * The address of a database that somebody gave as an option. Nothing of a text that is none is told: it may be a password.
 *
 * @throws TypeError for what `pg` would take for another server, or for none
 */
export function addressGiven(value: unknown, option: 'url' | 'readUrl'): string {
  if (typeof value === 'string' && /^(postgres(ql)?:\/\/|socket:|\/)/i.test(value)) return value
  throw new TypeError(
    `PostgreSQL needs as \`${option}\` an address such as postgres://user:password@host/database, not ${told(value)}: ` +
      'is DATABASE_URL set?',
  )
}

/** The server cuts longer names, without a word. */
const LONGEST_NAME = 63

/**
 * The schema that somebody gave as an option.
 *
 * @throws TypeError for what is no name
 */
export function schemaGiven(value: unknown = 'bursar'): string {
  if (typeof value === 'string' && value !== '') return shortEnough(value)
  const given = value === '' || value === null ? told(value) : typeof value
  throw new TypeError(`PostgreSQL needs as \`schema\` the name of one, such as bursar, not ${given}.`)
}

function shortEnough(schema: string): string {
  const bytes = Buffer.byteLength(schema)
  if (bytes <= LONGEST_NAME) return schema
  throw new TypeError(
    `PostgreSQL needs as \`schema\` a name of at most ${LONGEST_NAME} bytes, to which it would cut this one of ${bytes}.`,
  )
}

function told(value: unknown): string {
  if (value === '') return 'an empty text'
  if (typeof value !== 'string') return value === null ? 'null' : typeof value
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value) ?? []
  return scheme === undefined ? 'a text without postgres://' : `one of ${scheme}`
}

/**
 * Reads an address of a database, `postgres://user:password@host:port/database?…`.
 *
 * @throws TypeError where a user or a password is not escaped: a piece of it would be taken for the host, and be named in errors
 */
export function readAddress(url: string): Address {
  if (isBroken(url)) {
    throw new TypeError(
      'its address cannot be read. In a user or a password write # as %23, / as %2F, ? as %3F, @ as %40 and : as %3A.',
    )
  }
  const start = url.indexOf('?')
  const query = new URLSearchParams(start === -1 ? '' : url.slice(start))
  const options = query.getAll('options')
  const limit = Number.parseInt(query.get('query_timeout') ?? '', 10)
  const queryTimeoutMs = Number.isNaN(limit) ? null : limit
  if (options.length === 0 && !query.has('query_timeout')) return { address: url, options, queryTimeoutMs }
  query.delete('options')
  query.delete('query_timeout')
  return { address: `${url.slice(0, start)}?${query}`, options, queryTimeoutMs }
}

/** Where one of `/?#` ends what should be user, password and host, an `@` comes later, or the port is no number. */
function isBroken(url: string): boolean {
  const [, authority = '', rest = ''] = /^\w+:\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
  const port = /:([^:@\]]*)$/.exec(authority)?.[1] ?? ''
  if (!/^\d*$/.test(port)) return true
  if (rest.startsWith('/') || rest.startsWith('#')) return /^[^?]*@/.test(rest)
  // A host may be followed by ?user=a@b at once, a password by what is no name with a value.
  return !authority.includes('@') && /^\?[^=]*@/.test(rest)
}
