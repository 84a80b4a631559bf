import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { build, defaultClientConditions } from 'vite'
import type { TestProject } from 'vitest/node'
import { chromiumPath } from './chromium-path.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the one browser of the run listens. */
    browserAddress: string
    /** Folder of the storefront as it was built for the run. */
    storefront: string
  }
}

/** Builds the storefront from the packages' sources, and starts one browser for all tests. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = join(import.meta.dirname, '..')
  const storefront = join(folder, 'node_modules', '.cache', 'browser-tests')
  const [server] = await Promise.all([launchBrowser(), buildStorefront(folder, storefront)])
  project.provide('browserAddress', server.wsEndpoint())
  project.provide('storefront', storefront)
  return () => server.close()
}

/** As it is built for shoppers: vitest's own NODE_ENV would make React's slow half of it. */
async function buildStorefront(root: string, outDir: string): Promise<void> {
  const before = process.env.NODE_ENV
  process.env.NODE_ENV = 'production'
  try {
    await build({
      root,
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
      resolve: { conditions: ['source', ...defaultClientConditions] },
    })
  } finally {
    process.env.NODE_ENV = before
  }
}

async function launchBrowser() {
  const { path, fontConfig } = await chromiumPath()
  const environment = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  )
  return chromium.launchServer({
    executablePath: path,
    args: ['--no-sandbox', '--disable-gpu'],
    env: { ...Object.fromEntries(environment), FONTCONFIG_FILE: fontConfig },
  })
}
