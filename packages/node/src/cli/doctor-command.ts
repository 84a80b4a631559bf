import { formatDoctorReport } from '@bursar/core'
import type { Command } from './command.ts'
import { commerceOfConfig } from './commerce-of-config.ts'
import { CONFIG_OPTION, clientOfSite, SITE_OPTION, siteOf } from './config-options.ts'
import { loadConfig } from './load-config.ts'

/** `bursar doctor`: checks the invariants on live data. */
export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Checks the books: every sum, state and right. Changes nothing; exits with 1 when something is wrong.',
  operands: '',
  options: {
    ...CONFIG_OPTION,
    ...SITE_OPTION,
    json: { type: 'boolean', help: 'Writes the report as JSON.' },
    'allow-cases': { type: 'boolean', help: 'Exits with 0 where nothing is broken, though cases wait for a person.' },
  },
  run: async (input, terminal) => {
    const config = await loadConfig({ cwd: terminal.cwd, path: input.text('config') })
    const site = siteOf(input, config)
    const commerce = commerceOfConfig(config)
    try {
      await commerce.migrate()
      const { admin } = await clientOfSite(commerce, site)
      const report = await admin.reports.doctor({})
      terminal.write(input.has('json') ? `${JSON.stringify(report, null, 2)}\n` : formatDoctorReport(report))
      const allowed = input.has('allow-cases') ? 'case' : null
      return report.findings.every(({ severity }) => severity === allowed) ? 0 : 1
    } finally {
      await commerce.close()
    }
  },
}
