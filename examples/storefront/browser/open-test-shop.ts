import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type OpenSampleShop, openSampleShop } from 'sample-shop'
import { openDataFolder } from 'sample-shop/data-folder'
import { expect, inject } from 'vitest'

/**
 * The sample shop in a folder and at a port of its own, with the storefront that was built for the run. When it is closed the
 * doctor finds nothing broken.
 */
export async function openTestShop(): Promise<OpenSampleShop> {
  const folder = mkdtempSync(join(tmpdir(), 'bursar-storefront-'))
  const shop = await openSampleShop({
    data: openDataFolder(folder),
    storefront: inject('storefront'),
    port: 0,
    signals: [],
  })
  const close = async () => {
    const { findings } = await shop.commerce.as({ type: 'system', site: 'campus' }).admin.reports.doctor()
    await shop.close()
    rmSync(folder, { recursive: true })
    expect(findings.filter(({ severity }) => severity === 'broken')).toEqual([])
  }
  return { ...shop, close }
}
