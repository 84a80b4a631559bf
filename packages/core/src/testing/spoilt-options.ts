import { type CommerceClient, clientBuilder, type OperationOptions, routes } from '../contract/index.ts'
import type { PagePort } from '../ports/index.ts'
import { call } from './cart-store/faulty-network.ts'

/** Asks an operation of a client by its name. */
export type Ask = (operation: string, input: object, options: OperationOptions) => Promise<unknown>

const build = clientBuilder<CommerceClient>(routes)

/** Options of a store, with a client that answers wrongly. */
export function withSpoiltClient<Options extends { client: CommerceClient }>(
  options: Options,
  spoil: (ask: Ask) => Ask,
): Options {
  const ask = spoil((operation, input, given) => call(options.client, operation, input, given))
  return { ...options, client: build((operation, input, given) => ask(operation, input as object, given)) }
}

/** Options of a store, with a page that is wrong from its first use on: a store that is made touches nothing. */
export function withSpoiltPage<Options extends { page?: PagePort | undefined }>(
  options: Options,
  spoil: (page: PagePort) => PagePort,
): Options {
  let spoilt: PagePort | null = null
  const page = new Proxy({} as PagePort, {
    get: (_, member) => {
      spoilt ??= spoil(options.page as PagePort) // the bench gives one
      return spoilt[member as keyof PagePort]
    },
  })
  return { ...options, page }
}
