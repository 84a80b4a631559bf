import { type CommerceClient, clientBuilder, routes } from '../../contract/index.ts'
import { BursarError } from '../../errors/index.ts'
import { operationAt } from '../test-fetch.ts'
import type { TestRuntime } from '../test-runtime.ts'

/** What happens to one request. */
export type NetworkFault =
  /** It never arrives. */
  | { readonly type: 'dropped' }
  /** The server acts, and its answer is lost. */
  | { readonly type: 'answer_lost' }
  /** The caller is told that it failed, and then it arrives, so many milliseconds later. */
  | { readonly type: 'late'; readonly milliseconds: number }
  /** It takes so many milliseconds more before the server acts, or after. */
  | { readonly type: 'slow'; readonly before?: number | undefined; readonly after?: number | undefined }
  /** It is answered as the first of its operation was, by something on the way that kept that answer. */
  | { readonly type: 'old_answer' }
  /** It is answered by an error, and the server does not act. */
  | {
      readonly type: 'answered'
      readonly code: 'rate_limited' | 'unavailable' | 'internal' | 'version_conflict' | 'not_found' | 'unauthenticated'
      /** A finer reason. */
      readonly reason?: string | undefined
      /** Seconds. */
      readonly retryAfter?: number | undefined
    }

/** One request that was made. */
export interface NetworkRequest {
  /** `carts.addLine`, … */
  readonly operation: string
  /** Its idempotency key. */
  readonly key: string | undefined
  /** When, milliseconds of the clock. */
  readonly at: number
  /** The tab's number. */
  readonly tab: number
}

/** A network between tabs and a server that fails as it is told. */
export interface FaultyNetwork {
  /** Milliseconds from a request to its answer. @default 100 */
  latency: number
  /** Does nothing arrive? @default false */
  isDown: boolean
  /** What happens to the next requests of this operation, in order; null: nothing does. */
  plan(operation: string, ...faults: (NetworkFault | null)[]): void
  /** What happens to a request for which nothing is planned. */
  otherwise: () => NetworkFault | null
  /** All that was asked. */
  readonly requests: readonly NetworkRequest[]
  /** Keys of commands to which the server itself said yes, whether or not its answer arrived. */
  readonly acceptedKeys: ReadonlySet<string>
  /** The most requests that one tab had under way at once. */
  mostAtOnce(): number
  /** A client that calls another through this network, for a tab. */
  client(through: CommerceClient, tab: NetworkTab): CommerceClient
  /** A `fetch` that calls another through this network, for a tab. */
  fetch(through: Fetch, tab: NetworkTab): Fetch
}

/** The tab that asks. */
export interface NetworkTab {
  /** Its number. */
  readonly tab: number
  /** Has its page been left? Then it hears no answer. */
  isClosed(): boolean
}

type Fetch = (address: string, init: RequestInit) => Promise<Response>

interface Passing<T> {
  operation: string
  key: string | undefined
  act(): Promise<T>
  refuse(error: BursarError): T | Promise<T>
  /** An answer that can be given again. */
  copy(answer: T): T
  /** Did the server do it? */
  isDone(answer: T): boolean
}

const build = clientBuilder<CommerceClient>(routes)

/** Makes one, which has no fault until it is told. */
export function faultyNetwork(runtime: TestRuntime): FaultyNetwork {
  const requests: NetworkRequest[] = []
  const planned = new Map<string, (NetworkFault | null)[]>()
  const first = new Map<string, unknown>()
  const acceptedKeys = new Set<string>()
  const underWay = new Map<number, number>()
  let most = 0

  async function pass<T>({ tab, isClosed }: NetworkTab, passing: Passing<T>): Promise<T> {
    const { operation, key } = passing
    requests.push({ operation, key, at: Date.parse(runtime.now()), tab })
    const count = (by: number) => underWay.set(tab, (underWay.get(tab) ?? 0) + by)
    count(1)
    most = Math.max(most, underWay.get(tab) ?? 0)
    try {
      const queue = planned.get(operation) ?? []
      return await carry(queue.length > 0 ? (queue.shift() ?? null) : network.otherwise(), passing)
    } finally {
      count(-1)
      if (isClosed()) await new Promise<never>(() => {})
    }
  }

  async function carry<T>(fault: NetworkFault | null, passing: Passing<T>): Promise<T> {
    const { operation, key, refuse, copy } = passing
    const act = async () => {
      const answer = await passing.act()
      if (key !== undefined && passing.isDone(answer)) acceptedKeys.add(key)
      if (!first.has(operation)) first.set(operation, copy(answer))
      return answer
    }
    const half = network.latency / 2
    await runtime.sleep(half)
    if (network.isDown || fault?.type === 'dropped') throw new TypeError('The network is down.')
    switch (fault?.type) {
      case 'answer_lost':
        await act().catch(() => {})
        await runtime.sleep(half)
        throw new TypeError('The answer was lost.')
      case 'late':
        void runtime
          .sleep(fault.milliseconds)
          .then(act, () => {})
          .catch(() => {})
        throw new TypeError('Nobody waited so long.')
      case 'answered':
        await runtime.sleep(half)
        return refuse(new BursarError(fault.code, { reason: fault.reason, retryAfter: fault.retryAfter }))
      case 'old_answer':
        await runtime.sleep(half)
        return copy(first.get(operation) as T) // the first answer of the same operation
      case 'slow': {
        await runtime.sleep(fault.before ?? 0)
        const answer = await act()
        await runtime.sleep(half + (fault.after ?? 0))
        return answer
      }
      default: {
        const answer = await act()
        await runtime.sleep(half)
        if (network.isDown) throw new TypeError('The network went down.')
        return answer
      }
    }
  }

  const network: FaultyNetwork = {
    latency: 100,
    isDown: false,
    otherwise: () => null,
    requests,
    acceptedKeys,
    mostAtOnce: () => most,
    plan: (operation, ...faults) => void planned.set(operation, [...(planned.get(operation) ?? []), ...faults]),
    client: (through, tab) =>
      build((operation, input, options) =>
        pass(tab, {
          operation,
          key: options.idempotencyKey,
          act: () => call(through, operation, input, options),
          refuse: (error) => Promise.reject(error),
          copy: (answer) => answer,
          isDone: () => true,
        }),
      ),
    fetch: (through, tab) => (address, init) =>
      pass(tab, {
        operation: operationAt(init.method ?? 'GET', new URL(address).pathname)?.operation.name ?? '',
        key: new Headers(init.headers).get('idempotency-key') ?? undefined,
        act: () => through(address, init),
        copy: (response) => response.clone(),
        isDone: ({ ok }) => ok,
        refuse: ({ status, code, reason, retryAfter }) =>
          Response.json(
            { code, status, detail: code, reason },
            {
              status,
              headers: {
                'content-type': 'application/problem+json',
                ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
              },
            },
          ),
      }),
  }
  return network
}

/** Calls a method of a client by the operation's name. */
export function call(client: CommerceClient, operation: string, input: unknown, options: object): Promise<unknown> {
  const [noun = '', method = ''] = operation.split('.')
  // Each noun and method of the client is one of the table that `build` is made of.
  const nouns = client as unknown as Record<string, Record<string, (input: unknown, given: object) => Promise<unknown>>>
  return nouns[noun]?.[method]?.(input, options) ?? Promise.reject(new Error(`There is no ${operation}.`))
}
