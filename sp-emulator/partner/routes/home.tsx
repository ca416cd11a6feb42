import type { Handler } from 'hono'
import { describeClock } from '#server/describe-clock'
import { HomePage } from '../pages/home-page.tsx'
import type { PartnerParts } from '../partner-parts.ts'
import { currentSession } from './session-cookie.ts'

/** `GET /` */
export function homeRoute(parts: PartnerParts): Handler {
  const { name, endpoints } = parts
  return async function showHome(c) {
    const session = await currentSession(c, parts)
    const clock = describeClock(parts.clock)
    return c.html(<HomePage name={name} basePath={endpoints.basePath} session={session} clock={clock} />)
  }
}
