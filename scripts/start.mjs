// `npm start`: installs what is needed, builds the packages and starts the sample shop. Needs Node 20 or newer and npm.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './run/install.mjs'
import { root, toolEnvironment } from './run/workspace.mjs'

const say = (line) => console.log(`[bursar] ${line}`)
const shop = join(root, 'examples', 'sample-shop')

const main = () => {
  ensureInstalled(say)
  for (const name of ['core', 'node']) buildWhenChanged(name)
  startShop()
}

/** Builds a package's JavaScript, unless nothing in it has changed since. */
const buildWhenChanged = (name) => {
  const folder = join(root, 'packages', name)
  const stamp = stampOfSources(folder)
  const stampFile = join(root, 'node_modules', '.cache', 'bursar', `built-${name}`)
  const isBuilt = existsSync(join(folder, 'dist', 'index.js')) && existsSync(stampFile)
  if (isBuilt && readFileSync(stampFile, 'utf8') === stamp) return say(`@bursar/${name} is built already.`)
  say(`Building @bursar/${name} ...`)
  const build = spawnSync('tsup', ['--no-dts', '--silent'], {
    cwd: folder,
    env: toolEnvironment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (build.status !== 0) throw new Error(`@bursar/${name} does not build.\n${build.stdout}${build.stderr}`)
  mkdirSync(join(root, 'node_modules', '.cache', 'bursar'), { recursive: true })
  writeFileSync(stampFile, stamp)
}

const stampOfSources = (folder) => {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'tsup.config.ts']) hash.update(readFileSync(join(folder, file)))
  for (const path of readdirSync(join(folder, 'src'), { recursive: true }).sort()) {
    const file = join(folder, 'src', path)
    if (statSync(file).isFile()) hash.update(path).update(readFileSync(file))
  }
  return hash.digest('hex')
}

/** Runs the shop's own `start` script; signals reach it and all that it started. */
const startShop = () => {
  const { scripts } = JSON.parse(readFileSync(join(shop, 'package.json'), 'utf8'))
  say('Starting the sample shop (stop it with Ctrl+C) ...')
  const child = spawn(scripts.start, {
    cwd: shop,
    env: toolEnvironment(),
    stdio: 'inherit',
    shell: true,
    detached: process.platform !== 'win32',
  })
  const forward = (signal) => {
    try {
      process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal)
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => forward(signal))
  stopWithParent(() => forward('SIGTERM'))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
}

/** Ending `npm start` ends the shell between npm and this script, which gets no signal but another parent. */
const stopWithParent = (stop) => {
  if (process.env.npm_lifecycle_event !== 'start') return
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) stop()
  }, 300).unref()
}

try {
  main()
} catch (error) {
  console.error(`[bursar] ${error.message}`)
  process.exit(1)
}
