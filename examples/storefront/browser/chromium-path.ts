import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** A browser that is unpacked, with the fonts that came with it and no others. */
export interface UnpackedChromium {
  /** The program. */
  readonly path: string
  /** Set this in its environment: screenshots then do not depend on the machine's fonts. */
  readonly fontConfig: string
}

const workspace = join(import.meta.dirname, '..', '..', '..')

/**
 * Unpacks Chromium once per checkout and version. Processes that come at the same time may each unpack one; the first
 * to rename its folder wins and the others take that. So there is no lock that a killed process could leave behind.
 */
export async function chromiumPath(cache = join(workspace, 'node_modules', '.cache')): Promise<UnpackedChromium> {
  const folder = join(cache, `chromium-${packedVersion()}`)
  if (!existsSync(folder)) {
    mkdirSync(cache, { recursive: true })
    const own = mkdtempSync(join(cache, 'chromium-unpacking-'))
    try {
      await unpackInto(own)
      writeFileSync(join(own, 'own-fonts.conf'), fontsConfig(folder))
      renameUnlessThere(own, folder)
    } finally {
      rmSync(own, { recursive: true, force: true })
    }
  }
  return { path: join(folder, 'chromium'), fontConfig: join(folder, 'own-fonts.conf') }
}

/** The package writes into the folder for temporary files; that is put back at once, for Playwright needs it too. */
async function unpackInto(folder: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { default: pack } = await import('@sparticuz/chromium')
    await pack.executablePath()
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** A relative folder of a cache means the working folder of whoever reads this, so both are said in full. */
function fontsConfig(folder: string): string {
  const [fonts, cache] = [join(folder, 'fonts'), join(folder, 'font-cache')].map(escapeXml)
  return `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${cache}</cachedir></fontconfig>\n`
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

function renameUnlessThere(own: string, folder: string): void {
  try {
    renameSync(own, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  }
}

function packedVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest: { version: string } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
  return manifest.version
}
