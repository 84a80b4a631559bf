import type { ProductView } from '@bursar/core/client'

/** The attributes that a shopper wants to know, with the names that they know them by. */
export function ProductFacts({ product: { attributes } }: { product: ProductView }) {
  const { level, language, weeks, hoursPerWeek, pages, subjects } = attributes
  const facts = [
    ['Level', typeof level === 'string' ? level : null],
    ['Length', typeof weeks === 'number' ? `${weeks} weeks` : null],
    ['Effort', typeof hoursPerWeek === 'number' ? `${hoursPerWeek} hours a week` : null],
    ['Pages', typeof pages === 'number' ? String(pages) : null],
    ['Language', typeof language === 'string' ? languageName(language) : null],
    ['Subjects', Array.isArray(subjects) ? subjects.join(', ') : null],
  ].flatMap(([name, value]) => (name && value ? [[name, value] as const] : []))
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

const names = new Intl.DisplayNames('en', { type: 'language' })

function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag
  } catch {
    return tag
  }
}
