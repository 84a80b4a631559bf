import { project } from '../../vitest.shared.ts'

export default project('example-express', { include: ['*.test.ts'] })
