import type { Commerce, CommerceOptions } from '@bursar/core'
import type { RateLimits } from './handler/index.ts'
import type { ResilienceOptions } from './resilience.ts'
import type { NodeListenerOptions } from './server/index.ts'

/** Where `bursar serve` listens. */
export interface ServerConfig extends NodeListenerOptions {
  /** Port, 0 to 65,535; 0 takes a free one. `--port` goes before it, and so does the environment's PORT. @default 3000 */
  port?: number | undefined
  /** Address to listen at. `--hostname` goes before it. @default '127.0.0.1' */
  hostname?: string | undefined
  /** Does the process do the jobs too: deliveries, payment events? @default true */
  jobs?: boolean | undefined
  /** Milliseconds for which the server, told to stop, still takes requests and says that it is not ready. @default 0 */
  drainMs?: number | undefined
  /** Milliseconds that requests under way are given to end when the server stops, and then the jobs. @default 10,000 */
  shutdownMs?: number | undefined
  /** Requests answered at once; more are refused with 503. @default 500 */
  maxInFlight?: number | undefined
  /** Refuses with 429 who enters too many wrong codes or makes too many carts. Behind proxies, set `proxies` too. @default no limit */
  rateLimits?: RateLimits | undefined
}

/** What `bursar.config.ts` says: what the shop is made of, and how the command line serves it. */
export interface BursarConfig extends CommerceOptions {
  /** Where `bursar serve` listens. */
  server?: ServerConfig | undefined
  /** Site that commands act on where `--site` is not given. @default they ask for it */
  site?: string | undefined
  /** Limits for calls of processors and providers; false leaves them as they are. @default see {@link ResilienceOptions} */
  resilience?: ResilienceOptions | false | undefined
  /**
   * Called by `bursar serve` before it listens, when the collections are there: a place for sites and a first catalog.
   * Must be repeatable.
   */
  setup?: ((commerce: Commerce) => void | Promise<void>) | undefined
}

/**
 * Gives a configuration its type; it changes nothing.
 *
 * @example
 * ```ts
 * // bursar.config.ts
 * import { defineConfig } from '@bursar/node'
 * import { sqliteStorage } from '@bursar/node/sqlite'
 *
 * export default defineConfig({ storage: sqliteStorage({ file: 'shop.sqlite' }), site: 'main' })
 * ```
 */
export function defineConfig(config: BursarConfig): BursarConfig {
  return config
}
