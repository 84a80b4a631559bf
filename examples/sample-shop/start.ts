import { createCommerce } from '@bursar/core'
import { createHandler, pinoLogger, serve } from '@bursar/node'
import { openDataFolder } from './data-folder.ts'
import { demoRoutes } from './demo-routes.ts'
import { sampleShop } from './shop.ts'

const data = openDataFolder()
let address = ''
const shop = sampleShop(data, () => address)
const logger = pinoLogger({ level: 'warn' })
const commerce = createCommerce({ ...shop.config, logger })

await commerce.migrate()
await shop.config.setup?.(commerce)

const demo = demoRoutes(shop, data)
const handler = createHandler(commerce, { logger })
const server = await serve({
  commerce,
  logger,
  handler: async (request, info) => (await demo(request)) ?? handler(request, info),
  announce: () => {},
})
address = server.url
shop.processor.startCourier()

console.log(`
The sample shop is open at ${address}

  the catalog      curl ${address}/v1/products
  the site         curl ${address}/v1/site
  the API          ${address}/openapi.json
  sign in          curl -X POST ${address}/demo/sign-in -H 'content-type: application/json' -d '{"learner":"learner-1"}'
  a code to try    WELCOME20

The README has a whole purchase to paste into a shell. Stop the shop with Ctrl+C.
`)

await server.closed
await shop.processor.stopCourier()
