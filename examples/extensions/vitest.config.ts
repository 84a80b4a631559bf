import { project } from '../../vitest.shared.ts'

export default project('example-extensions', { include: ['*.test.ts'] })
