import { project } from '../../vitest.shared.ts'

export default project('node', { globalSetup: ['src/testing/postgres-setup.ts'] })
