import { SignJWT } from 'jose'
import type { DataFolder } from './data-folder.ts'
import { AUDIENCE, ISSUER, type SampleShop } from './shop.ts'

/** The learners that the sample shop knows. */
const LEARNERS = ['learner-1', 'learner-2', 'learner-3']

/**
 * What a real shop's host and its outsiders would answer: signing in, the card form of the processor, the learner's page at
 * the platform. Answers null for what is the shop's own.
 */
export function demoRoutes(shop: SampleShop, data: DataFolder): (request: Request) => Promise<Response | null> {
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url)
    switch (`${request.method} ${pathname}`) {
      case 'POST /demo/sign-in':
        return signIn(data, await bodyOf(request))
      case 'POST /demo/pay':
        return pay(shop, await bodyOf(request))
      case 'GET /demo/enrolments':
        return Response.json(
          shop.platform.enrolments().filter(({ learner }) => learner === searchParams.get('learner')),
        )
      case 'GET /demo/learners':
        return Response.json(LEARNERS)
      default:
        return null
    }
  }
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

/** A token for one of the sample learners, good for an hour. */
async function signIn(data: DataFolder, { learner = LEARNERS[0] }: Record<string, unknown>): Promise<Response> {
  if (typeof learner !== 'string' || !LEARNERS.includes(learner)) {
    return Response.json({ detail: `learner must be one of ${LEARNERS.join(', ')}` }, { status: 400 })
  }
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(learner)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(data.secret('learners')))
  return Response.json({ learner, token })
}

/** The processor's card form: the shopper approves or declines. */
async function pay(shop: SampleShop, { clientSecret, choice }: Record<string, unknown>): Promise<Response> {
  if (typeof clientSecret !== 'string' || (choice !== 'approve' && choice !== 'decline')) {
    return Response.json({ detail: 'clientSecret and choice (approve or decline) are needed' }, { status: 400 })
  }
  return Response.json(await shop.processor.confirm(clientSecret, choice))
}
