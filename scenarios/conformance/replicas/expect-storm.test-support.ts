import { expect } from 'vitest'
import type { Storm } from './storm.test-support.ts'
import { saidBy } from './storm-claims.test-support.ts'

/** After a storm every claim is true and nothing that was acknowledged is lost, whichever replica is asked. */
export async function expectToHold(after: Storm): Promise<void> {
  const { replicas, people, answers } = after
  expect(answers.filter(({ status }) => status >= 500)).toEqual([])
  expect(replicas.each.flatMap((replica) => replica.mistakes())).toEqual([])
  const said = await Promise.all(replicas.each.map((replica) => saidBy(replica, after)))
  // A sign-in, or a login at Elasticsearch or at the application, whose answer nobody got was promised to nobody: a person has another one. The application
  // forgets its session before it asks Elasticsearch, as Kibana does: when it dies in between, it asks no more, and confirms nothing.
  const broken = (...paths: string[]) =>
    answers.filter(({ status, asked }) => status === 0 && paths.some((path) => asked.includes(path))).length
  const ofPairs = ['/_security/saml/authenticate', '/api/security/saml/callback', '/api/security/logout']
  for (const { journal, untrue, leftOver } of said) {
    expect(untrue).toEqual([])
    expect(leftOver.sessions).toBeLessThanOrEqual(broken('/sign-in'))
    expect(leftOver.pairs).toBeLessThanOrEqual(broken(...ofPairs))
    expect(journal).toEqual(said[0]?.journal)
  }
  const seen = await Promise.all(
    replicas.each.map((replica) => Promise.all(people.map((person) => person.isSignedInAt(replica)))),
  )
  const stays = people.map(({ part }) => ({ app: part === 'staysLoggedIn', idp: part === 'staysLoggedIn' }))
  expect(seen).toEqual(replicas.each.map(() => stays))
}
