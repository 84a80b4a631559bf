import { join } from 'node:path'
import { openDataFolder } from './data-folder.ts'
import { openSampleShop } from './open-sample-shop.ts'

const storefront = join(import.meta.dirname, '..', 'storefront', 'dist')
const shop = await openSampleShop({ data: openDataFolder(), storefront }).catch((error: unknown) => {
  // A port that is taken or wrong: the sentence says what to do, a stack would hide it.
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
const { url, port } = shop.server
// The README's purchase goes to port 3000 unless SHOP says otherwise.
const isDefault = port === 3000

console.log(`
The sample shop is open at ${url}

  in the browser   open ${url}
  to try there     sign in with something in the cart; the code WELCOME20; each of the test cards; a second tab
  the catalog      curl ${url}/v1/products
  the API          ${url}/openapi.json
  sign in          curl -X POST ${url}/demo/sign-in -H 'content-type: application/json' -d '{"learner":"learner-1"}'
  take the learning platform away, and bring it back
                   curl -X POST ${url}/demo/platform -H 'content-type: application/json' -d '{"answers":false}'

The README has a whole purchase to paste into a second shell.${isDefault ? '' : ` Say there first:\n\n  export SHOP=${url}\n`}
Stop the shop with Ctrl+C.
`)

await shop.server.closed
await shop.close()
