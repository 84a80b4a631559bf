// `npm start`: installs what is needed, builds the packages and starts the sample shop. Needs Node 20 or newer and npm.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ensureInstalled } from './run/install.mjs'
import { root, toolEnvironment } from './run/workspace.mjs'

const say = (line) => console.log(`[bursar] ${line}`)
const shop = join(root, 'examples', 'sample-shop')

const main = () => {
  ensureInstalled(say)
  for (const name of ['core', 'react', 'node']) buildPackage(name)
  buildStorefront()
  startShop()
}

const buildPackage = (name) => {
  const folder = join(root, 'packages', name)
  buildWhenChanged({
    ...{ name: `@bursar/${name}`, folder, tool: ['tsup', '--no-dts', '--silent'], made: join('dist', 'index.js') },
    stamp: stampOfSources(folder, ['package.json', 'tsup.config.ts'], ['src']),
  })
}

/** The pages that the shop serves to browsers; what they are made with counts as theirs. */
const buildStorefront = () => {
  const folder = join(root, 'examples', 'storefront')
  const packages = ['core', 'react'].map((name) => stampOfSources(join(root, 'packages', name), [], ['src']))
  const own = stampOfSources(folder, ['package.json', 'vite.config.ts', 'index.html'], ['src', 'public'])
  buildWhenChanged({
    ...{
      name: 'the storefront',
      folder,
      tool: ['vite', 'build', '--logLevel', 'error'],
      made: join('dist', 'index.html'),
    },
    stamp: [own, ...packages].join(' '),
  })
}

/** Builds a folder with its tool, unless what it made is there and nothing that it is made of has changed since. */
const buildWhenChanged = ({ name, folder, tool: [command, ...options], made, stamp }) => {
  const stampFile = join(root, 'node_modules', '.cache', 'bursar', `built-${basename(folder)}`)
  const isBuilt = existsSync(join(folder, made)) && existsSync(stampFile)
  if (isBuilt && readFileSync(stampFile, 'utf8') === stamp) return say(`${name} is built already.`)
  say(`Building ${name} ...`)
  const build = spawnSync(command, options, {
    cwd: folder,
    env: toolEnvironment(),
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (build.status !== 0) throw new Error(`${name} does not build.\n${build.stdout}${build.stderr}`)
  mkdirSync(join(root, 'node_modules', '.cache', 'bursar'), { recursive: true })
  writeFileSync(stampFile, stamp)
}

const stampOfSources = (folder, files, folders) => {
  const hash = createHash('sha256')
  for (const file of files) hash.update(readFileSync(join(folder, file)))
  for (const name of folders) {
    for (const path of readdirSync(join(folder, name), { recursive: true }).sort()) {
      const file = join(folder, name, path)
      if (statSync(file).isFile()) hash.update(path).update(readFileSync(file))
    }
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
