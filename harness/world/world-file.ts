import { dirname, resolve } from 'node:path'
import { decodeDocument } from '#saml/xml/decode-document'
import { metadataLimits } from '#saml/xml/read'
import { ConfigError } from '#server/config-error'
import { fetchDocument } from '#server/http-get'
import { readNamedOctets } from '#server/named-file'
import { readYamlDocument, type YamlDocument } from '#server/yaml-file'

/** Where a world stands, and how to follow the names in it. */
export interface WorldSource {
  /** Plain values, not checked. */
  readonly value: unknown
  /** The text behind the name of a file, which is relative to the world, or behind an address; or the text itself. */
  readonly load: (reference: string) => Promise<string>
  /** Does what the world asks for. A ConfigError on the way begins with the place in the file. */
  readonly inPlace: <T>(work: () => Promise<T>) => Promise<T>
}

/** A world in a `sloop.yml`. @throws ConfigError when that cannot be read */
export function worldInFile(path: string): WorldSource {
  const document = readYamlDocument(path, 'sloopYml')
  return { value: document.value, load: loadFrom(dirname(path)), inPlace: (work) => inPlace(path, document, work) }
}

/** A world that somebody has in hand. */
export function worldInHand(value: unknown, folder: string): WorldSource {
  return { value, load: loadFrom(folder), inPlace: (work) => work() }
}

/** A world that came from elsewhere, where nobody may read our files. */
export function worldFromAfar(value: unknown): WorldSource {
  return { value, load: loadWithoutFiles, inPlace: (work) => work() }
}

/** The text behind an address, or the text itself (`spec/contract.md` §1): files are for those who can read them. */
export async function loadWithoutFiles(reference: string): Promise<string> {
  if (address.test(reference)) return decodeDocument(await fetchDocument(reference))
  if (itself.test(reference)) return reference
  throw new ConfigError(
    'expected the text itself or an address that begins with http:// or https://, no file is read here',
  )
}

const address = /^https?:\/\//i
const itself = /^\uFEFF?\s*<|-----BEGIN /

/** Does what a configuration file asks for; a ConfigError on the way begins with the file. */
export function inFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  return behind(() => path, work)
}

/** The same, and with the place of the dotted path that the sentence begins with. */
function inPlace<T>(path: string, document: YamlDocument, work: () => Promise<T>): Promise<T> {
  const placed = (sentence: string) => {
    const { line, column } = document.keyPlaceOf(keysIn(sentence))
    return `${path}:${line}:${column}`
  }
  return behind(placed, work)
}

async function behind<T>(prefix: (sentence: string) => string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    throw new ConfigError(`${prefix(cause.message)}: ${cause.message}`, { cause })
  }
}

/** `users[0].name` at the beginning of a sentence, as keys. */
function keysIn(sentence: string): readonly string[] {
  const [dotted = ''] = /^[\w-]+(?:\[\d+\]|\.[\w-]+)*(?=: )/.exec(sentence) ?? []
  return dotted.split(/[.[\]]+/).filter((key) => key !== '')
}

function loadFrom(folder: string): WorldSource['load'] {
  return async (reference) => {
    if (address.test(reference)) return decodeDocument(await fetchDocument(reference))
    if (itself.test(reference)) return reference
    // A key that was pasted where its file belongs must not be repeated in a message.
    if (reference.includes('\n')) throw new ConfigError('expected the name of a file, found a text of several lines')
    const octets = readNamedOctets({
      path: resolve(folder, reference),
      expected: 'a file, an address that begins with http:// or https://, or the text itself',
      maxBytes: metadataLimits.bytes,
    })
    return decodeDocument(octets)
  }
}
