import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Credential } from '#saml/credentials'
import { writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { NAMESPACE } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { keptCredential } from '../../harness/keys/kept-in-folder.ts'
import {
  type IdpVariant,
  idpEntityId,
  idpVariants,
  type KeyName,
  keyNames,
  nativeRealm,
  type RealmName,
  realmNames,
  type SettingValue,
  settingsOf,
} from './realms.ts'

/** The keys of the IdP and of the service provider, by name. */
export type Keys = Readonly<Record<KeyName, Credential>>

/** Makes or reads the keys in a folder, and writes the IdP's metadata documents beside them. */
export async function layOut(folder: string, now: number): Promise<Keys> {
  const made = await Promise.all(keyNames.map(async (name) => [name, await keptCredential({ folder, name, now })]))
  const keys: Keys = Object.fromEntries(made)
  await Promise.all(
    Object.entries(idpVariants).map(([name, variant]) =>
      writeFile(join(folder, `${name}.xml`), metadataDocument(variant, keys)),
    ),
  )
  return keys
}

const bindings = `${NAMESPACE.protocol.replace(':protocol', ':bindings')}:`

/** The metadata of the IdP in one of its variants. */
export function metadataDocument(
  { signOn, logout, keys: names }: IdpVariant,
  keys: Readonly<Record<string, Credential>>,
) {
  return writeIdpMetadata({
    entityId: idpEntityId,
    wantAuthnRequestsSigned: false,
    keyDescriptors: names.flatMap((name) => {
      const key = keys[name]
      return key === undefined ? [] : [{ use: 'signing' as const, key: trustCertificate(key.certificate) }]
    }),
    singleLogoutServices: logout.map(([binding, location]) => ({ binding: `${bindings}${binding}`, location })),
    singleSignOnServices: [{ binding: `${bindings}HTTP-Redirect`, location: signOn }],
    nameIdFormats: [],
  })
}

/** The part of an `elasticsearch.yml` that a node needs for the cases; `folder` stands before every file name. */
export function elasticsearchYml(folder = ''): string {
  const sections = realmNames.map((realm) => [`        ${realm}:`, ...realmLines(realm, folder)].join('\n'))
  return `xpack.security.authc.token.enabled: true
xpack:
  security:
    authc:
      realms:
        native.${nativeRealm}.order: 0
        saml:
${sections.map((section) => section.replaceAll(/^/gm, '  ')).join('\n')}
`
}

function realmLines(realm: RealmName, folder: string): string[] {
  return [...settingsOf(realm)].map(([name, value]) => `          ${name}: ${written(name, value, folder)}`)
}

const isFile = (name: string) => /\.(key|certificate|path)$/.test(name)

function written(name: string, value: SettingValue, folder: string): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (isFile(name) && folder !== '') return JSON.stringify(`${folder}/${value}`)
  return name === 'order' ? value : JSON.stringify(value)
}
