import type { CheckedWorld } from './world.ts'

/** Settings of a realm that name keys, or say what opens them. */
const secretSetting =
  /(?:^|\.)(?:signing|encryption)\.(?!saml_messages)|(?:^|\.)ssl\.|passphrase|password|secret|keystore/i

/** A world with all its parties but without keys: whoever runs it makes new ones. What names a file still does. */
export function withoutSecrets({
  keys: _keys,
  encryptionKeys: _others,
  ...world
}: CheckedWorld): Record<string, unknown> {
  const copied = copyOf(world, '') as Record<string, unknown>
  // A value that only JSON can hold, as everything that goes out.
  return JSON.parse(JSON.stringify(copied)) as Record<string, unknown>
}

function copyOf(value: unknown, setting: string): unknown {
  if (typeof value === 'string') return value.includes('PRIVATE KEY') ? undefined : value
  if (Array.isArray(value)) return value.map((each) => copyOf(each, setting)).filter((each) => each !== undefined)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).flatMap(([name, inner]) => {
    const path = name === 'settings' ? 'settings' : setting && `${setting}.${name}`
    if (path !== '' && secretSetting.test(path)) return []
    const copy = copyOf(inner, path)
    return copy === undefined ? [] : [[name, copy] as const]
  })
  return Object.fromEntries(kept)
}
