import { project } from '../../vitest.shared.ts'

export default project('core', { setupFiles: ['vitest.setup.ts'] })
