import pg from 'pg'

/** Texts that connections of `pg` have prepared in this process. */
export interface SentTexts {
  /** Each once, with the schema's name. */
  readonly texts: ReadonlySet<string>
  /** Notes no more. */
  end(): void
}

/** Notes every text that is prepared from now on: a connection sends the name alone of one that it knows. */
export function sentTexts(): SentTexts {
  const texts = new Set<string>()
  const { prototype } = pg.Connection
  const { parse } = prototype
  prototype.parse = function noted(query, more) {
    texts.add(query.text)
    return parse.call(this, query, more)
  }
  return {
    texts,
    end() {
      prototype.parse = parse
    },
  }
}
