import { systemClock } from '#server/clock'
import { newSecret } from '#server/ids'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import { createWebApp, type Profile, type WebApp } from '../sp-emulator/index.ts'
import { elasticUser } from './default-world.ts'
import { withReadiness } from './readiness.ts'

export interface WebAppPlace {
  readonly baseUrl: string
  readonly esUrl: string
  readonly elasticPassword: string | undefined
  readonly profile: Profile | undefined
  readonly log: Log
}

/** Puts the web application on its socket. It looks for Elasticsearch when somebody comes. */
export function runWebApp(listener: Listener, { baseUrl, esUrl, elasticPassword, profile, log }: WebAppPlace): WebApp {
  const { username, password } = elasticUser(elasticPassword)
  const app = createWebApp({
    baseUrl,
    elasticsearch: { node: esUrl, username, password },
    ...(profile !== undefined && { profile }),
    clock: systemClock,
    newSecret,
    log,
  })
  listener.mount(withReadiness(app.fetch, () => true))
  return app
}
