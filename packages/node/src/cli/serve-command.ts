import { createHandler } from '../handler/index.ts'
import { pinoLogger } from '../logging/index.ts'
import { serve } from '../server/index.ts'
import { boundMemory } from './bound-memory.ts'
import { type Command, type CommandInput, UsageError } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION } from './config-options.ts'
import { loadConfig } from './load-config.ts'
import type { Terminal } from './terminal.ts'

/** `bursar serve`: the HTTP API and the jobs, until a signal. */
export const serveCommand: Command = {
  name: 'serve',
  summary: 'Serves the HTTP API and does the jobs, until it is stopped. Migrates first.',
  operands: '',
  options: {
    ...CONFIG_OPTION,
    port: { type: 'string', value: 'N', help: 'Port; 0 takes a free one. Default: PORT, else 3000.' },
    hostname: { type: 'string', value: 'ADDRESS', help: 'Address to listen at. Default: 127.0.0.1; 0.0.0.0 for all.' },
    'no-jobs': { type: 'boolean', help: 'Leaves the jobs to another process.' },
  },
  makesShop: true,
  run: async (input, terminal) => {
    boundMemory()
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const logger = config.logger ?? pinoLogger()
    const commerce = commerceOfConfig({ ...config, logger })
    try {
      await commerce.migrate()
      await config.setup?.(commerce)
      const running = await serve({
        ...config.server,
        commerce,
        logger,
        handler: createHandler(commerce, {
          logger,
          maxInFlight: config.server?.maxInFlight,
          rateLimits: config.server?.rateLimits,
        }),
        port: portOf(input, terminal) ?? config.server?.port,
        hostname: input.text('hostname') ?? config.server?.hostname,
        jobs: !input.has('no-jobs') && config.server?.jobs !== false,
        announce: (line) => terminal.write(`${line}\n`),
      })
      await running.closed
    } finally {
      await commerce.close()
    }
    return 0
  },
}

/** The flag's, else the environment's; where neither says, the configuration's. */
function portOf(input: CommandInput, { environment }: Terminal): number | undefined {
  const flag = input.text('port')
  const text = flag ?? environment.PORT ?? ''
  if (text === '' && flag === undefined) return undefined
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new UsageError(`${flag === undefined ? 'PORT' : '--port'} must be 0 to 65535, not "${text}".`)
}
