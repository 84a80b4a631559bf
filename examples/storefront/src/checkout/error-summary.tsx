import { useEffect, useRef } from 'react'

/** What is wrong with a form, and where. */
export interface FormProblem {
  /** Id of the field. */
  readonly field: string
  /** A sentence that says what to do. */
  readonly text: string
}

/** What is wrong, with the way to each field. It takes the focus when it appears. */
export function ErrorSummary({ problems }: { problems: readonly FormProblem[] }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (problems.length > 0) box.current?.focus()
  }, [problems])
  if (problems.length === 0) return null
  return (
    <section ref={box} className="notice notice-danger" tabIndex={-1} aria-labelledby="problems">
      <h2 id="problems" className="notice-title">
        There is a problem
      </h2>
      <ul>
        {problems.map(({ field, text }) => (
          <li key={field}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(field)?.focus()
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
