import type { Change } from '../changes/change-list.ts'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import { MintRefusal } from '../mint/mint-refusal.ts'
import { refuseNotMade, wantedChange } from '../mint/wanted-change.ts'
import type { IdpParts } from '../parts.ts'
import { loginDraft } from '../sso/login-drafts.ts'
import { loginEncryption } from '../sso/login-encryption.ts'
import type { SsoTask } from '../sso/sso-task.ts'

interface Login {
  readonly task: Omit<SsoTask, 'id'>
  readonly sp: TrustedSp
}

/**
 * What is to be wrong about a login that nobody has made yet; undefined when nothing is.
 * @throws MintRefusal when a word is unknown, or the Response of this login could not take it.
 */
export async function loginChange(
  parts: IdpParts,
  wanted: Readonly<Record<string, unknown>> | undefined,
  { task, sp }: Login,
): Promise<Change | undefined> {
  const change = await wantedChange(wanted)
  if (change === undefined) return undefined
  if (change.binding !== undefined && change.binding !== 'post') {
    const says = 'change.binding: a login is answered as a form, expected post'
    throw new MintRefusal('notMade', says, { path: 'change.binding', expected: 'post', actual: change.binding })
  }
  const { makeDraft } = await import('../changes/make-changes.ts')
  const draft = loginDraft(parts.config, task, { ...nobody, ...howItIsWritten(parts, { task, sp }) })
  refuseNotMade(await makeDraft(change, { draft, parts }))
  return change
}

/** Whether a change can be made depends on no name. */
const nobody = {
  user: undefined,
  session: { authnInstant: 0, expiresAt: 0 },
  names: { nameId: { value: '' }, sessionIndexes: [''] },
}

const howItIsWritten = ({ serviceProviders }: IdpParts, { task, sp }: Login) => ({
  settings: serviceProviders.settingsOf(task.spEntityId),
  encryption: loginEncryption(task.request, sp),
})
