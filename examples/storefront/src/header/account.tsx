import { Link } from 'wouter'
import { learnerName } from '../host/learner-name.ts'
import { useSession } from '../host/session.tsx'

/** Who is signed in, and the way to their orders; else the way to sign in. */
export function Account() {
  const { learner, signOut } = useSession()
  if (learner === null) {
    return (
      <Link href="/sign-in" className="nav-link">
        Sign in
      </Link>
    )
  }
  return (
    <>
      <Link href="/orders" className="nav-link">
        My orders
      </Link>
      <button type="button" className="nav-link" onClick={() => signOut().catch(() => undefined)}>
        <span>
          Sign out<span className="wide-only"> ({learnerName(learner)})</span>
        </span>
      </button>
    </>
  )
}
