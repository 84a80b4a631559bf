import { type ReactNode, useEffect, useRef } from 'react'

/** The first page of a visit leaves the focus where the browser puts it; every later one takes it to its heading. */
let isFirst = true

/** What a page takes. */
export interface PageProps {
  /** The one heading of the page, and the name of its tab. */
  title: string
  /** BCP 47 tag of the title, where it is not the page's. */
  lang?: string | undefined
  /** Is the title what it will be? The focus waits for it. @default true */
  isReady?: boolean
  /** Above the heading. */
  before?: ReactNode
  /** Beside the heading. */
  lead?: ReactNode
  children: ReactNode
}

/** A page: names the tab, and takes the focus to its heading so that a screen reader says where one is now. */
export function Page({ title, lang, isReady = true, before, lead, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} – Sample Campus`
  }, [title])
  useEffect(() => {
    if (!isReady) return
    if (!isFirst) {
      heading.current?.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    isFirst = false
  }, [isReady])
  return (
    <main id="main" className="page">
      {before}
      <h1 ref={heading} tabIndex={-1} lang={lang} dir="auto">
        {title}
      </h1>
      {lead}
      {children}
    </main>
  )
}
