import { join } from 'node:path'
import ts from 'typescript'

/** A declaration file and the interface in it that holds the operations by noun. */
export interface Declared {
  file: string
  name: string
}

/**
 * Compares the client's types of two releases and answers a sentence for each operation that a caller of the old one can
 * no longer use: gone, wants more, answers otherwise.
 * @throws when a declaration does not compile, for an unknown type would pass for any other
 */
export const clientTypeBreaks = (before: Declared, after: Declared): string[] => {
  const program = join(import.meta.dirname, 'comparison.ts')
  const source = [
    "import type { Broken } from './broken.ts'",
    `import type { ${before.name} as Before } from '${asModule(before.file)}'`,
    `import type { ${after.name} as After } from '${asModule(after.file)}'`,
    'export type Found = Broken<Before, After>',
  ].join('\n')
  return literalsOf(compile(program, source), program)
}

const asModule = (file: string): string => file.replace(/[.]d[.]ts$/, '.js')

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  exactOptionalPropertyTypes: true,
  allowImportingTsExtensions: true,
  target: ts.ScriptTarget.ES2024,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'],
  types: [],
}

/** The declarations of the language, parsed once however many releases are compared. */
const languageFiles = new Map<string, ts.SourceFile>()

/** A compiler's view of one program that exists in memory only. */
const compile = (path: string, text: string): ts.Program => {
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.fileExists = (name) => name === path || fileExists(name)
  host.readFile = (name) => (name === path ? text : readFile(name))
  host.getSourceFile = (name, languageVersion) => {
    if (name === path) return ts.createSourceFile(name, text, languageVersion)
    if (!/[/]lib[.][^/]*d[.]ts$/.test(name)) return getSourceFile(name, languageVersion)
    const parsed = languageFiles.get(name) ?? getSourceFile(name, languageVersion)
    if (parsed) languageFiles.set(name, parsed)
    return parsed
  }
  return ts.createProgram([path], options, host)
}

const literalsOf = (program: ts.Program, path: string): string[] => {
  const file = program.getSourceFile(path)
  const [alias] = file?.statements.filter(ts.isTypeAliasDeclaration) ?? []
  const problems = problemsOf(program)
  if (!alias || problems.length > 0) throw new Error(problems.join('\n'))
  const type = program.getTypeChecker().getTypeAtLocation(alias.name)
  if (type.flags & ts.TypeFlags.Never) return []
  return (type.isUnion() ? type.types : [type])
    .map((each) => (each.isStringLiteral() ? each.value : program.getTypeChecker().typeToString(each)))
    .sort()
}

/** What the compiler says of the program and of the declarations that it imports, but for the language's own. */
const problemsOf = (program: ts.Program): string[] =>
  program
    .getSourceFiles()
    .filter((file) => !program.isSourceFileDefaultLibrary(file))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
