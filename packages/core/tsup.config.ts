import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { defineConfig, type Options } from 'tsup'

const everywhere: Options = { format: ['esm'], target: 'es2022', platform: 'neutral', sourcemap: true }

// Both builds write there at once, so neither cleans it.
await rm(join(import.meta.dirname, 'dist'), { recursive: true, force: true })

export default defineConfig([
  {
    ...everywhere,
    entry: {
      index: 'src/index.ts',
      client: 'src/client/index.ts',
      'admin-client': 'src/client/admin.ts',
      'storage-adapter': 'src/storage/adapter.ts',
      testing: 'src/testing/index.ts',
      // In no export: an entry of its own makes it a chunk of its own, so that zod stays out of every other chunk.
      schemas: 'src/contract/schemas.ts',
      // What schemas share with rules: else both would be one chunk, and who calls a rule would load every schema.
      currencies: 'src/money/currencies.ts',
      // What a browser has of them.
      'minor-digits': 'src/money/minor-digits.ts',
      'cart-limits': 'src/cart/cart.ts',
      // The table of all codes, and what a browser has of the errors without it.
      'bursar-error': 'src/errors/bursar-error.ts',
      'coded-error': 'src/errors/coded-error.ts',
      'client-codes': 'src/errors/client-codes.ts',
      // What a browser has of the routes.
      addresses: 'src/contract/addresses.ts',
    },
    dts: {
      entry: {
        index: 'src/index.ts',
        client: 'src/client/index.ts',
        'admin-client': 'src/client/admin.ts',
        estimate: 'src/client/estimate.ts',
        'storage-adapter': 'src/storage/adapter.ts',
        testing: 'src/testing/index.ts',
      },
    },
    // One copy of each class for all entries.
    splitting: true,
    treeshake: false,
  },
  {
    ...everywhere,
    // Alone in its file, without what other entries share with it: a page loads it whole. It has no class.
    entry: { estimate: 'src/client/estimate.ts' },
    splitting: false,
    dts: false,
  },
])
