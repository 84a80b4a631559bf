// A process that opens a file at an instant: opener.ts FILE MILLISECONDS. Ends with 1 when it cannot.
import { openDatabase } from '../open-database.ts'

const [file = '', at = '0'] = process.argv.slice(2)
while (Date.now() < Number(at)); // to be there at once with the others, a timer is too coarse
openDatabase(file, { busyTimeoutMs: 5000, maxFileBytes: null }).database.close()
