import { Link } from 'wouter'
import { Page } from './page.tsx'

/** There is no such page. */
export function NotFoundPage({ why = 'what was here is no longer sold' }: { why?: string }) {
  return (
    <Page title="There is nothing here">
      <p>The address is wrong, or {why}.</p>
      <Link href="/" className="button button-main">
        Look at the catalog
      </Link>
    </Page>
  )
}
