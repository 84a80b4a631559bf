import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BursarConfig, defineConfig, jwtAuthenticator } from '@bursar/node'
import { downloadDelivery, manualDelivery } from '@bursar/node/delivery'
import { type LocalPlatform, localPlatform } from '@bursar/node/local-platform'
import { manualProcessor } from '@bursar/node/manual-processor'
import { sqliteStorage } from '@bursar/node/sqlite'
import { type TestProcessor, testProcessor } from '@bursar/node/test-processor'
import type { DataFolder } from './data-folder.ts'
import { seed } from './seed.ts'

/** Who signs the sample learners' tokens, and for whom. */
export const ISSUER = 'urn:bursar:sample-shop'
/** See {@link ISSUER}. */
export const AUDIENCE = 'bursar'

/** The sample shop's parts: its configuration, and the two outsiders that a real shop would not run itself. */
export interface SampleShop {
  /** What `createCommerce` and `bursar` take. */
  config: BursarConfig
  /** The processor, with a log of its own. */
  processor: TestProcessor
  /** The learning platform, with records of its own. */
  platform: LocalPlatform
}

/** Puts the shop together. `address` answers where it listens; it is asked when something has to be sent there. */
export function sampleShop(data: DataFolder, address: () => string): SampleShop {
  const secrets = (ref: string) => data.secret(ref)
  const processor = testProcessor({
    file: data.file('test-processor.sqlite'),
    webhook: {
      urlOf: (account) => `${address()}/v1/webhooks/${account}`,
      secretsOf: (account) => [secrets(`${account}-webhook`)],
    },
  })
  const platform = localPlatform({ file: data.file('platform.sqlite'), courses: platformCourses() })
  const config = defineConfig({
    storage: sqliteStorage({ file: data.file('shop.sqlite') }),
    payments: {
      test: processor,
      invoice: manualProcessor({
        instructions: ({ orderNumber }) => `Please transfer the amount and name ${orderNumber}.`,
      }),
    },
    fulfilment: {
      campus: platform,
      download: downloadDelivery({
        baseUrl: 'http://localhost/downloads',
        secret: secrets('downloads'),
        validMinutes: 60,
      }),
      manual: manualDelivery(),
    },
    authenticators: [jwtAuthenticator({ issuer: ISSUER, audience: AUDIENCE, secret: secrets('learners') })],
    secrets,
    site: 'campus',
    setup: seed,
  })
  return { config, processor, platform }
}

/** The courses that the platform offers are those that the catalog sells. */
function platformCourses() {
  const text = readFileSync(join(import.meta.dirname, 'catalog', 'catalog.csv'), 'utf8')
  const ids = new Set([...text.matchAll(/""course"": ""([^"]+)""/g)].flatMap(([, id]) => id ?? []))
  return [...ids].map((id) => ({
    id,
    modes: (['audit', 'verified', 'professional', 'credit'] as const).map((mode) => ({ mode })),
  }))
}
