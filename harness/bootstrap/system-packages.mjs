import { existsSync } from 'node:fs'
import { findProgram } from './programs.mjs'
import { prepareWith, SetupError } from './repository.mjs'

/** The real tools that judge what we sign and send, and Debian's package of each. */
const oracles = [
  { package: 'xmlsec1', isThere: () => findProgram(['xmlsec1']) !== undefined },
  { package: 'libxml2-utils', isThere: () => findProgram(['xmllint']) !== undefined },
  { package: 'openssl', isThere: () => findProgram(['openssl']) !== undefined },
  { package: 'opensaml-schemas', isThere: () => existsSync('/usr/share/xml/opensaml') },
  { package: 'xmltooling-schemas', isThere: () => existsSync('/usr/share/xml/xmltooling') },
]

/** In what the example of a contract test is written. */
const languages = [
  { package: 'curl', isThere: () => findProgram(['curl']) !== undefined },
  { package: 'python3', isThere: () => findProgram(['python3']) !== undefined },
]

/** Where replicas keep what they share. */
const engines = [{ package: 'redis-server', isThere: () => findProgram(['redis-server']) !== undefined }]

/** Software of other makers that ours is tried against, and Debian's package of each. */
const peers = [
  { package: 'apache2', isThere: () => findProgram(['apache2'], `${process.env.PATH}:/usr/sbin`) !== undefined },
  { package: 'libapache2-mod-shib', isThere: () => existsSync('/etc/apache2/mods-available/shib.load') },
  { package: 'libapache2-mod-auth-mellon', isThere: () => existsSync('/etc/apache2/mods-available/auth_mellon.load') },
  { package: 'libapache2-mod-php', isThere: () => existsSync('/usr/share/doc/libapache2-mod-php') },
  // SimpleSAMLphp cannot do without it, and its package does not ask for it.
  { package: 'php-xml', isThere: () => existsSync('/usr/share/doc/php-xml') },
  { package: 'simplesamlphp', isThere: () => existsSync('/etc/simplesamlphp') },
]

export const missingTools = () => missing([...oracles, ...languages, ...engines])
export const missingPeers = () => missing(peers)

const missing = (tools) => tools.filter(({ isThere }) => !isThere()).map((tool) => tool.package)

function canInstallPackages() {
  return process.getuid?.() === 0 && findProgram(['apt-get']) !== undefined
}

/** Installs Debian packages. `need` begins the sentence for those who cannot: "the tests need". */
export function installPackages(packages, need) {
  if (packages.length === 0) return
  const command = `apt-get install ${packages.join(' ')}`
  if (!canInstallPackages()) throw new SetupError(`${need}; as root: ${command}`)
  prepareWith('apt-get', ['update', '-qq'], 'reading the package lists')
  prepareWith(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...packages],
    `installing ${packages.join(', ')}`,
  )
}
