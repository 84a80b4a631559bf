import type { DataFolder } from './data-folder.ts'
import { learnerOf, sessionCookie, signToken } from './demo-session.ts'
import { processorPages } from './processor-pages.ts'
import type { SampleShop } from './shop.ts'

/** The learners that the sample shop knows; the last one owns a course. */
const LEARNERS = ['learner-1', 'learner-2', 'learner-3', 'learner-4']

/**
 * What a real shop's host and its outsiders would answer: signing in, the card form of the processor, the learner's page at
 * the platform. Answers null for what is the shop's own.
 */
export function demoRoutes(shop: SampleShop, data: DataFolder): (request: Request) => Promise<Response | null> {
  const secret = data.secret('learners')
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url)
    switch (`${request.method} ${pathname}`) {
      case 'POST /demo/sign-in':
        return signIn(secret, await bodyOf(request))
      case 'POST /demo/sign-out':
        return Response.json({ learner: null }, { headers: { 'set-cookie': sessionCookie('') } })
      case 'GET /demo/session':
        return Response.json({ learner: await learnerOf(secret, request.headers.get('cookie')) })
      case 'POST /demo/pay':
        return pay(shop, await bodyOf(request))
      case 'POST /demo/platform':
        return platform(shop, await bodyOf(request))
      case 'GET /demo/enrolments':
        return Response.json(
          shop.platform.enrolments().filter(({ learner }) => learner === searchParams.get('learner')),
        )
      case 'GET /demo/learners':
        return Response.json(LEARNERS)
      default:
        return processorPages(request)
    }
  }
}

async function bodyOf(request: Request): Promise<Record<string, unknown>> {
  const body: unknown = await request.json().catch(() => ({}))
  return typeof body === 'object' && body !== null ? { ...body } : {}
}

/** A token for an app, and a cookie for a browser. */
async function signIn(secret: string, { learner = LEARNERS[0] }: Record<string, unknown>): Promise<Response> {
  if (typeof learner !== 'string' || !LEARNERS.includes(learner)) {
    return Response.json({ detail: `learner must be one of ${LEARNERS.join(', ')}` }, { status: 400 })
  }
  const token = await signToken(secret, learner)
  return Response.json({ learner, token }, { headers: { 'set-cookie': sessionCookie(token) } })
}

/** The processor's card form: the shopper approves or declines. */
async function pay(shop: SampleShop, { clientSecret, choice }: Record<string, unknown>): Promise<Response> {
  if (typeof clientSecret !== 'string' || (choice !== 'approve' && choice !== 'decline')) {
    return Response.json({ detail: 'clientSecret and choice (approve or decline) are needed' }, { status: 400 })
  }
  return Response.json(await shop.processor.confirm(clientSecret, choice))
}

/** Takes the learning platform away, or brings it back. */
function platform(shop: SampleShop, { answers }: Record<string, unknown>): Response {
  if (typeof answers !== 'boolean') return Response.json({ detail: 'answers must be true or false' }, { status: 400 })
  shop.campus.setAnswers(answers)
  return Response.json({ answers })
}
