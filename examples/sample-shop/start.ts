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
}).catch((error: unknown) => {
  // A port that is taken or wrong: the sentence says what to do, a stack would hide it.
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
address = server.url
// The README's purchase goes to port 3000 unless SHOP says otherwise.
const isDefault = server.port === 3000
shop.processor.startCourier()

console.log(`
The sample shop is open at ${address}

  the catalog      curl ${address}/v1/products
  the site         curl ${address}/v1/site
  the API          ${address}/openapi.json
  sign in          curl -X POST ${address}/demo/sign-in -H 'content-type: application/json' -d '{"learner":"learner-1"}'
  a code to try    WELCOME20

The README has a whole purchase to paste into a second shell.${isDefault ? '' : ` Say there first:\n\n  export SHOP=${address}\n`}
Stop the shop with Ctrl+C.
`)

await server.closed
await shop.processor.stopCourier()
