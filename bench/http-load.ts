import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Throughput } from './throughput.ts'

/** A request that is sent again and again. */
export interface LoadRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}

/** What is sent, to where, how many at once and for how long. */
export interface Load {
  url: string
  requests: readonly LoadRequest[]
  atOnce: number
  seconds: number
}

/** Sends requests in turn from a process of its own; counts this process's time, which is the server's, as `cpu`. */
export async function httpLoad(name: string, load: Load): Promise<Throughput> {
  const child = fork(fileURLToPath(new URL('http-load-worker.ts', import.meta.url)), { execArgv: [] })
  const answer = once(child, 'message')
  child.send({ name, ...load })
  const started = process.cpuUsage()
  const [message] = await answer
  const { user, system } = process.cpuUsage(started)
  const { sent, ...figures } = message as Throughput & { sent: number } // what the worker sends
  return { ...figures, cpu: (user + system) / sent }
}
