import { reactProject } from '../react-project.config.ts'

export default reactProject('react-18', '18.2.')
