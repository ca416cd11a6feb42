import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import { caseFile } from './case-file.test-support.ts'
import type { RoleOptions } from './roles/role-options.ts'
import { startRoles } from './roles/roles.ts'
// A start loads its roles; that is not to be on the time of the first test.
import './roles/run-elasticsearch.ts'
import './roles/run-idp.ts'
import './roles/run-together.ts'

export interface CaseNode {
  /** POSTs JSON to the security API as the user `elastic`. */
  post(path: string, body: object | string): Promise<{ status: number; reason: string | undefined; body: object }>
  /** POSTs a file of the cases to `invalidate`. */
  invalidate(path: string): ReturnType<CaseNode['post']>
}

/** What `sloop es --config <elasticsearch.yml>` runs, until the test ends. */
export async function startNode(elasticsearchYml: string, given: Partial<RoleOptions> = {}): Promise<CaseNode> {
  const { esUrl, close } = await startRoles({ roles: ['es'], esPort: 0, elasticsearchYml, ...given })
  onTestFinished(close)
  const authorization = `Basic ${Buffer.from('elastic:changeme').toString('base64')}`
  const post: CaseNode['post'] = async (path, body) => {
    const answer = await fetch(`${esUrl}/${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', connection: 'close' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    const json = (await answer.json()) as { error?: { reason?: string } }
    return { status: answer.status, reason: json.error?.reason, body: json }
  }
  return { post, invalidate: (path) => post('_security/saml/invalidate', readFileSync(caseFile(path), 'utf8')) }
}
