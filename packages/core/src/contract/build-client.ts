import { buildNoun, type Invoke, type RouteTable } from './build-noun.ts'

/** Makes a client from what does its operations. */
export type ClientBuilder<Client> = (invoke: Invoke) => Client

const INVOKE: unique symbol = Symbol('invoke')

interface Built {
  [INVOKE]: Invoke
}

/**
 * Makes a builder of clients from a table of routes: `client.carts.addLine(input, options)` calls
 * `invoke('carts.addLine', input, options, route)`. A client is one object with a prototype, each of its nouns is made
 * when it is first used, so that making one per request costs less than a microsecond. Methods may be taken off their noun
 * (`const { addLine } = client.carts`).
 *
 * @param within what the operations' names begin with, and builders of the nouns that are clients themselves.
 */
export function clientBuilder<Client>(
  table: RouteTable,
  within: { prefix?: string; nested?: { readonly [noun: string]: ClientBuilder<unknown> } } = {},
): ClientBuilder<Client> {
  const makers: Record<string, ClientBuilder<unknown>> = { ...within.nested }
  for (const [noun, operations] of Object.entries(table)) {
    makers[noun] = (invoke) => buildNoun(invoke, operations, `${within.prefix ?? ''}${noun}.`)
  }
  const prototype = {} as Built
  for (const [noun, make] of Object.entries(makers)) defineNoun(prototype, noun, make)
  return (invoke) => {
    const client: Built = Object.create(prototype)
    client[INVOKE] = invoke
    // The getters of the prototype are the nouns of the table that the caller's type was checked against.
    return client as unknown as Client
  }
}

/** The first use of a noun puts it on the client itself, so that the second is a plain member. */
function defineNoun(prototype: Built, noun: string, make: ClientBuilder<unknown>): void {
  Object.defineProperty(prototype, noun, {
    enumerable: true,
    get(this: Built) {
      const value = make(this[INVOKE])
      Object.defineProperty(this, noun, { value, enumerable: true })
      return value
    },
  })
}
