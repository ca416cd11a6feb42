import { dirname, resolve } from 'node:path'
import { decodeDocument } from '#saml/xml/decode-document'
import { metadataLimits } from '#saml/xml/read'
import { ConfigError } from '#server/config-error'
import { fetchDocument } from '#server/http-get'
import { readNamedOctets } from '#server/named-file'
import { readYamlFile } from '#server/yaml-file'
import { type LoadedIdpConfig, loadIdpConfig } from '../idp/index.ts'
import { inFile } from './in-file.ts'

/** What a `sloop.yml` decides about the IdP; relative paths in it are relative to it. @throws ConfigError */
export async function readSloopYml(path: string): Promise<LoadedIdpConfig> {
  const document = readYamlFile(path, 'sloopYml')
  const folder = dirname(path)
  return inFile(path, () => loadIdpConfig(document, (reference) => load(reference, folder)))
}

/** The text behind a file name or an address, in whatever encoding it is. Whoever asks for it says which key names it. */
async function load(reference: string, folder: string): Promise<string> {
  if (/^https?:/.test(reference)) return decodeDocument(await fetchDocument(reference))
  // A key that was pasted where its file belongs must not be repeated in a message.
  if (reference.includes('\n')) throw new ConfigError('expected the name of a file, found a text of several lines')
  const octets = readNamedOctets({
    path: resolve(folder, reference),
    expected: 'a file or an address that begins with http:// or https://',
    maxBytes: metadataLimits.bytes,
  })
  return decodeDocument(octets)
}
