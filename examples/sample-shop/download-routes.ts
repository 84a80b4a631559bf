import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { SampleShop } from './shop.ts'

/** Serves what was bought, by the addresses that downloads were delivered with. Answers null for any other address. */
export function downloadRoutes({ downloads }: SampleShop): (request: Request) => Promise<Response | null> {
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    if (request.method !== 'GET' || !pathname.startsWith('/downloads/')) return null
    const check = downloads.verifyDownload(`http://localhost${pathname}${search}`)
    if (check.outcome === 'bad_signature') return text(404, 'There is no such download.')
    if (check.outcome === 'expired') return text(410, 'This address has expired: open it again from your order.')
    const bytes = await readFile(join(import.meta.dirname, 'catalog', 'downloads', check.file)).catch(() => null)
    if (bytes === null) return text(404, 'There is no such file.')
    const disposition = `attachment; filename="${basename(check.file)}"`
    return new Response(bytes, {
      headers: { 'content-type': 'text/plain; charset=utf-8', 'content-disposition': disposition },
    })
  }
}

const text = (status: number, sentence: string): Response =>
  new Response(`${sentence}\n`, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } })
