import { type Commerce, createCommerce } from '@bursar/core'
import { createHandler, pinoLogger, type RunningServer, serve } from '@bursar/node'
import type { DataFolder } from './data-folder.ts'
import { demoRoutes } from './demo-routes.ts'
import { downloadRoutes } from './download-routes.ts'
import { SITE } from './seed.ts'
import { type SampleShop, sampleShop } from './shop.ts'
import { staticFiles } from './static-files.ts'

/** How the sample shop is opened. */
export interface OpenSampleShopOptions {
  /** Where it keeps its files. */
  readonly data: DataFolder
  /** Folder of the built storefront, which is then served at `/`. */
  readonly storefront: string
  /** Port; 0 takes a free one. @default the environment's PORT, else 3000 */
  readonly port?: number | undefined
  /** Signals at which it stops. @default SIGTERM and SIGINT */
  readonly signals?: readonly NodeJS.Signals[] | undefined
}

/** The sample shop while it is open. */
export interface OpenSampleShop extends SampleShop {
  /** The shop. */
  readonly commerce: Commerce
  /** Where it listens. */
  readonly server: RunningServer
  /** Closes all of it; settled when the last file is closed. */
  close(): Promise<void>
}

/** Opens the sample shop: its API, the storefront's pages, and what a host and its outsiders would answer. */
export async function openSampleShop(options: OpenSampleShopOptions): Promise<OpenSampleShop> {
  let address = ''
  const shop = sampleShop(options.data, () => address)
  const logger = pinoLogger({ level: 'warn' })
  const { setup, site: _site, ...config } = shop.config
  const commerce = createCommerce({ ...config, logger })
  await commerce.migrate()
  await setup?.(commerce)

  const api = createHandler(commerce, { logger })
  const before = [demoRoutes(shop, options.data), downloadRoutes(shop), staticFiles(options.storefront)]
  const server = await serve({
    commerce,
    logger,
    port: options.port,
    signals: options.signals,
    handler: async (request, info) => {
      for (const answer of before) {
        const response = await answer(request)
        if (response !== null) return response
      }
      return api(request, info)
    },
    announce: () => {},
  })
  address = server.url
  await allowReturnTo(commerce, address)
  shop.processor.startCourier()

  const close = async () => {
    await server.close()
    await shop.processor.stopCourier()
    shop.processor.close()
    shop.platform.close()
  }
  return { ...shop, commerce, server, close }
}

/** The port can be another at each start, and origins are compared whole. */
async function allowReturnTo(commerce: Commerce, address: string): Promise<void> {
  const origins = ['127.0.0.1', 'localhost'].map((host) => Object.assign(new URL(address), { hostname: host }).origin)
  await commerce.as({ type: 'system', site: SITE }).admin.sites.update({ id: SITE, returnUrls: origins })
}
