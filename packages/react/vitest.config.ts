import { reactProject } from './react-project.config.ts'

export default reactProject('react', '19.')
