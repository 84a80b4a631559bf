// Compiles every TypeScript block of the pages against the packages, and follows every link to a file.
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { codeBlocks, localLinks } from './code-blocks.ts'

const root = join(import.meta.dirname, '..', '..')
const pages = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md', 'examples/*/*.md'], {
  cwd: root,
  exclude: (path) => /(^|[/])(node_modules|dist)([/]|$)|^docs[/]api([/]|$)/.test(path),
})

const main = (): void => {
  const complaints = [...brokenLinks(), ...compile(programs())]
  for (const complaint of complaints) console.error(complaint)
  if (pages.length === 0) console.error('There is no page.')
  if (complaints.length > 0 || pages.length === 0) process.exitCode = 1
  else console.log(`${pages.length} pages, ${programs().size} programs in them.`)
}

const read = (page: string): string => readFileSync(join(root, page), 'utf8')

const brokenLinks = (): string[] =>
  pages.flatMap((page) =>
    localLinks(read(page))
      .filter((target) => !existsSync(join(root, dirname(page), target)))
      .map((target) => `${page}: no such file: ${target}`),
  )

/**
 * The programs by the file that each would be: `tsx` beside the hooks, others beside the server kit, from where the packages can
 * be imported. One that begins with its file's name, as `// cards.ts`, can be imported by the others of its page.
 */
const programs = (): Map<string, { text: string; origin: string }> =>
  new Map(
    pages.flatMap((page) =>
      codeBlocks(read(page))
        .filter(({ language }) => language === 'ts' || language === 'tsx')
        .map(({ line, text, language }) => {
          const folder = page.replaceAll(/[^a-z0-9]+/gi, '-')
          const [, name = `block-${line}.${language}`] =
            /^[/][/] ([a-z.-]+[.]tsx?)$/m.exec(text.split('\n', 1)[0] ?? '') ?? []
          return [
            join(root, 'packages', language === 'tsx' ? 'react' : 'node', 'src', folder, name),
            { text: `${text}\nexport {}\n`, origin: `${page}:${line}` },
          ]
        }),
    ),
  )

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  customConditions: ['source'],
  // A host's own: what the pages say of schemas is said by it.
  paths: { zod: [join(root, 'packages', 'core', 'node_modules', 'zod')] },
  jsx: ts.JsxEmit.ReactJSX,
  types: ['node'],
  typeRoots: [join(root, 'node_modules', '@types')],
}

const compile = (files: Map<string, { text: string; origin: string }>): string[] => {
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists } = host
  delete host.directoryExists // a page's folder is nowhere
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.getSourceFile = (name, languageVersion) => {
    const file = files.get(name)
    return file ? ts.createSourceFile(name, file.text, languageVersion) : getSourceFile(name, languageVersion)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files].flatMap(([name, { origin }]) => {
    const source = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start }) => {
        const line = source && start !== undefined ? source.getLineAndCharacterOfPosition(start).line + 1 : 0
        return `${origin} (line ${line} of the block): ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
      },
    )
  })
}

main()
