import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { CONFIG, endCommandLines, folderWith, startCommandLine } from '../testing/command-line.ts'

afterEach(endCommandLines)

const PAGE = readFileSync(join(import.meta.dirname, '../../../../docs/apply.md'), 'utf8')
const [, SHOP = ''] = /```yaml\n(.*?)```/s.exec(PAGE) ?? []
const COURSES = 'course_id,title,mode,price\ntrigonometry,Trigonometry,verified,29\n'

test('a new shop takes its first file and its first import once it was served, and says so before', {
  timeout: 240_000,
}, async () => {
  const cwd = await folderWith({ 'bursar.config.ts': CONFIG, 'shop.yaml': SHOP, 'courses.csv': COURSES })
  const outcome = async (...args: string[]): Promise<[number | null, string]> => {
    const run = startCommandLine(cwd, args)
    return [await run.ended, run.output()]
  }
  const commands = [
    ['apply', 'shop.yaml'],
    ['import', 'courses.csv'],
  ] as const
  for (const command of commands) {
    expect(await outcome(...command)).toEqual([1, expect.stringContaining('A new shop is made by `bursar serve`.')])
  }
  expect(await outcome('migrate')).toEqual([0, 'The storage is ready.\n'])
  for (const command of commands) {
    const advice = 'name another by --site, or run `bursar serve` once, whose `setup` makes it.'
    expect(await outcome(...command)).toEqual([1, expect.stringContaining(advice)])
  }
  const server = startCommandLine(cwd, ['serve', '--port', '0', '--no-jobs'])
  await expect.poll(server.output, { timeout: 20_000 }).toMatch(/listens at http/)
  server.child.kill('SIGTERM')
  expect(await server.ended).toBe(0)
  expect(await outcome('apply', 'shop.yaml')).toEqual([0, expect.stringContaining('8 to create, 1 to change')])
  expect(await outcome('import', 'courses.csv')).toEqual([0, expect.stringContaining('1 accepted')])
  expect(await outcome('doctor')).toEqual([0, expect.stringContaining('All is well.')])
})
