import { fork } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAdminClient } from '@bursar/core/admin-client'
import { createCommerceClient } from '@bursar/core/client'
import type { RacePlace } from './race-place.ts'
import type { RaceServer } from './race-server.ts'

/** What a process of a race is told. */
export type ProcessOrder = { readonly id: string } & (
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'run_due' }
  | { readonly do: 'close' }
)

/** How it went: a failure with its trace, or null. */
export interface ProcessAnswer {
  readonly order: string
  readonly failure: string | null
  /** Where it listens; of the first answer, to `start`. */
  readonly url?: string
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

/** Starts a server in a process of its own. @throws Error with what it wrote when it does not start */
export async function startRaceProcess(place: RacePlace, folder: string): Promise<RaceServer> {
  const child = fork(fileURLToPath(new URL('race-process.ts', import.meta.url)), {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
    env: {
      ...process.env,
      ...{ FOLDER: folder, PLACE: JSON.stringify(place) },
      NODE_COMPILE_CACHE: join(tmpdir(), 'bursar-race-compiled'),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const waiting = new Map<string, PromiseWithResolvers<ProcessAnswer>>()
  let complaints = ''
  child.stderr?.on('data', (chunk) => {
    complaints += chunk
  })
  child.on('message', (answer: ProcessAnswer) => {
    const asked = waiting.get(answer.order)
    if (answer.failure === null) asked?.resolve(answer)
    else asked?.reject(new Error(answer.failure))
  })
  child.on('exit', () => {
    for (const asked of waiting.values()) asked.reject(new Error(`The server has ended: ${complaints}`))
  })
  const answerTo = (order: string): Promise<ProcessAnswer> => {
    const asked = Promise.withResolvers<ProcessAnswer>()
    waiting.set(order, asked)
    return asked.promise.finally(() => waiting.delete(order))
  }
  let orders = 0
  async function tell(order: WithoutId<ProcessOrder>): Promise<void> {
    orders += 1
    const id = String(orders)
    const answered = answerTo(id)
    child.send({ ...order, id })
    await answered
  }

  const { url: baseUrl = '' } = await answerTo('start')
  const timeoutMs = 60_000
  return {
    customer: (customerId, site) =>
      createCommerceClient({ baseUrl, site, timeoutMs, headers: { 'x-learner': customerId } }),
    admin: (site) => createAdminClient({ baseUrl, site, timeoutMs, headers: { 'x-staff': 'yes' } }),
    async webhook(account, body, headers) {
      const response = await fetch(`${baseUrl}/v1/webhooks/${account}`, { method: 'POST', body, headers })
      if (!response.ok) throw new Error(`A webhook was answered with ${response.status}: ${await response.text()}`)
    },
    runDue: () => tell({ do: 'run_due' }),
    advance: (ms) => tell({ do: 'advance', ms }),
    close: () => tell({ do: 'close' }),
    pid: child.pid,
  }
}
