import { project } from '../../vitest.shared.ts'

export default project('node', { globalSetup: ['src/postgres/testing/global-setup.ts'] })
