/** A piece of code in a page: its language, the line that it begins on, and its text. */
export interface CodeBlock {
  language: string
  line: number
  text: string
}

/** The fenced code blocks of a Markdown page, in their order. */
export const codeBlocks = (page: string): CodeBlock[] => {
  const blocks: CodeBlock[] = []
  let open: { fence: string; block: CodeBlock; lines: string[] } | undefined
  for (const [at, line] of page.split('\n').entries()) {
    const fence = /^ {0,3}(`{3,}|~{3,})\s*([\w-]*)/.exec(line)
    if (open && line.trim() === open.fence) {
      blocks.push({ ...open.block, text: open.lines.join('\n') })
      open = undefined
    } else if (open) open.lines.push(line)
    else if (fence?.[1])
      open = { fence: fence[1], block: { language: fence[2] ?? '', line: at + 2, text: '' }, lines: [] }
  }
  return blocks
}

/** The targets of a page's links to other files of the repository, without their fragments; code blocks have none. */
export const localLinks = (page: string): string[] => {
  const prose = codeBlocks(page).reduce((text, block) => text.replace(block.text, ''), page)
  return [...prose.matchAll(/\[[^\]]*\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
}
