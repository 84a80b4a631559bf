import { Link } from 'wouter'
import { Page } from './page.tsx'

/** There is no such page. */
export function NotFoundPage() {
  return (
    <Page title="There is nothing here">
      <p>The address is wrong, or what was here is no longer sold.</p>
      <Link href="/" className="button button-main">
        Look at the catalog
      </Link>
    </Page>
  )
}
