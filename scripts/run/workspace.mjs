import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of this clone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The Node that this workspace installs for itself, newer than the one on the machine may be. */
export const ownNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The environment for whatever runs inside the clone: its own Node and tools come first. */
export const toolEnvironment = () => {
  const tools = join(root, 'node_modules', '.bin')
  const separator = process.platform === 'win32' ? ';' : ':'
  return { ...process.env, PATH: `${tools}${separator}${process.env.PATH ?? ''}` }
}
