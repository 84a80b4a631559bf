import { type ChildProcess, fork } from 'node:child_process'
import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createAdminClient } from '@bursar/core/admin-client'
import { createCommerceClient } from '@bursar/core/client'
import type { RacePlace } from './race-place.ts'
import type { RaceServer } from './race-server.ts'

/** What a process of a race is told. */
export type ProcessOrder = { readonly id: string } & (
  | { readonly do: 'open'; readonly place: RacePlace; readonly folder: string }
  | { readonly do: 'advance'; readonly ms: number }
  | { readonly do: 'run_due' }
  | { readonly do: 'close' }
)

/** How it went: a failure with its trace, or null. */
export interface ProcessAnswer {
  readonly order: string
  readonly failure: string | null
  /** Where it listens, while a shop is open. */
  readonly url?: string | undefined
}

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never

interface RaceProcess {
  readonly child: ChildProcess
  /** @throws Error with its trace where it could not, or with what the process wrote where it has ended */
  tell(order: WithoutId<ProcessOrder>): Promise<ProcessAnswer>
}

/** Those whose shop is closed: to load the sources takes longer than most races. */
const idle: RaceProcess[] = []

/** Opens a shop on a server in a process of its own. @throws Error with what it wrote when it does not start */
export async function startRaceProcess(place: RacePlace, folder: string): Promise<RaceServer> {
  const own = idle.pop() ?? raceProcess()
  holdOn(own.child, true)
  const { url: baseUrl = '' } = await own.tell({ do: 'open', place, folder }).catch(endWith(own))
  const timeoutMs = 60_000
  return {
    customer: (customerId, site) =>
      createCommerceClient({ baseUrl, site, timeoutMs, headers: { 'x-learner': customerId } }),
    guest: (site) => createCommerceClient({ baseUrl, site, timeoutMs }),
    admin: (site) => createAdminClient({ baseUrl, site, timeoutMs, headers: { 'x-staff': 'yes' } }),
    async webhook(account, body, headers) {
      const response = await fetch(`${baseUrl}/v1/webhooks/${account}`, { method: 'POST', body, headers })
      if (!response.ok) throw new Error(`A webhook was answered with ${response.status}: ${await response.text()}`)
    },
    async runDue() {
      await own.tell({ do: 'run_due' })
    },
    async advance(ms) {
      await own.tell({ do: 'advance', ms })
    },
    async close() {
      await own.tell({ do: 'close' }).catch(endWith(own))
      holdOn(own.child, false)
      idle.push(own)
    },
    pid: own.child.pid,
    url: baseUrl,
  }
}

function raceProcess(): RaceProcess {
  const child = fork(fileURLToPath(new URL('race-process.ts', import.meta.url)), {
    execArgv: ['--conditions=source', '--disable-warning=ExperimentalWarning'],
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
    idle.splice(0, idle.length, ...idle.filter((one) => one.child !== child))
    for (const asked of waiting.values()) asked.reject(new Error(`The server has ended: ${complaints}`))
  })
  let orders = 0
  return {
    child,
    tell(order) {
      orders += 1
      const id = String(orders)
      const asked = Promise.withResolvers<ProcessAnswer>()
      waiting.set(id, asked)
      child.send({ ...order, id })
      return asked.promise.finally(() => waiting.delete(id))
    },
  }
}

/** One that failed is used no more. */
const endWith =
  ({ child }: RaceProcess) =>
  (error: unknown): never => {
    child.kill('SIGKILL')
    throw error
  }

/** Whether this process waits for that one before it ends; that one ends with this one. */
function holdOn(child: ChildProcess, isHeld: boolean): void {
  const stderr = child.stderr as Socket | null // a pipe of a child is one
  for (const handle of [child, child.channel, stderr]) isHeld ? handle?.ref() : handle?.unref()
}
