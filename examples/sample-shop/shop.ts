import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BursarConfig, defineConfig, jwtAuthenticator } from '@bursar/node'
import { type DownloadDelivery, downloadDelivery, manualDelivery } from '@bursar/node/delivery'
import { type LocalPlatform, localPlatform } from '@bursar/node/local-platform'
import { manualProcessor } from '@bursar/node/manual-processor'
import { sqliteStorage } from '@bursar/node/sqlite'
import { type TestProcessor, testProcessor } from '@bursar/node/test-processor'
import type { DataFolder } from './data-folder.ts'
import { AUDIENCE, demoSession, ISSUER } from './demo-session.ts'
import { seed } from './seed.ts'
import { type SwitchedPlatform, switchedPlatform } from './switched-platform.ts'

/** The sample shop's parts: its configuration, and the two outsiders that a real shop would not run itself. */
export interface SampleShop {
  /** What `createCommerce` and `bursar` take. */
  config: BursarConfig
  /** The processor, with a log of its own. */
  processor: TestProcessor
  /** The learning platform, with records of its own. */
  platform: LocalPlatform
  /** The same platform as the shop reaches it: or does not, for as long as it is switched off. */
  campus: SwitchedPlatform
  /** Signs the addresses of downloads, and checks them. */
  downloads: DownloadDelivery
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
  const campus = switchedPlatform(platform)
  const downloads = downloadDelivery({
    baseUrl: 'http://localhost/downloads',
    secret: secrets('downloads'),
    validMinutes: 60,
  })
  const config = defineConfig({
    storage: sqliteStorage({ file: data.file('shop.sqlite') }),
    payments: {
      test: processor,
      invoice: manualProcessor({
        instructions: ({ orderNumber }) => `Please transfer the amount and name ${orderNumber}.`,
      }),
    },
    fulfilment: {
      campus,
      download: downloads,
      manual: manualDelivery(),
    },
    authenticators: [
      jwtAuthenticator({ issuer: ISSUER, audience: AUDIENCE, secret: secrets('learners') }),
      demoSession(secrets('learners')),
    ],
    secrets,
    site: 'campus',
    setup: seed,
  })
  return { config, processor, platform, campus, downloads }
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
