import { openDataFolder } from './data-folder.ts'
import { sampleShop } from './shop.ts'

/** For the command line: `npm run bursar -- doctor` and the like work on the sample shop's own files. */
export default sampleShop(openDataFolder(), () => 'http://127.0.0.1:3000').config
