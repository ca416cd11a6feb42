import { mkdirSync, readdirSync } from 'node:fs'
import { startApache } from './apache.test-support.ts'
import type { PeerKind, PeerStart } from './peer.test-support.ts'
import type { Place } from './place.test-support.ts'
import type { Program } from './program.test-support.ts'

/** SimpleSAMLphp as a service provider, its `default-sp`, told which IdP it has. */
export const simplesamlphp: PeerKind = {
  name: 'simplesamlphp',
  host: 'simplesamlphp.localhost',
  metadataPath: '/simplesamlphp/module.php/saml/sp/metadata.php/default-sp',
  start: async ({ idp, url, ...how }) => {
    how.place.write('partner-metadata.xml', idp.metadata)
    const authsources = `$config['default-sp']['idp'] = '${idp.entityId}';`
    const { stop } = await startSimplesamlphp({ ...how, authsources })
    return { page: `${url}/protected/`, logout: `${url}/logout.php`, stop }
  },
}

interface SimplesamlphpStart extends Pick<PeerStart, 'place' | 'host' | 'port'> {
  /** PHP behind Debian's `authsources.php`. */
  readonly authsources: string
  /** PHP behind Debian's `config.php`. */
  readonly config?: string
}

/** Starts it with Debian's files and what is said behind them. It knows who is described in `partner-metadata.xml`, once that is there. */
export function startSimplesamlphp({
  place,
  host,
  port,
  authsources,
  config = '',
}: SimplesamlphpStart): Promise<Program> {
  for (const folder of ['cert', 'metadata', 'temp']) mkdirSync(place.path(folder), { recursive: true })
  place.write('config/authsources.php', behind('authsources.php', authsources))
  place.write('config/config.php', behind('config.php', `${placesOf(place)}\n${config}`))
  writePages(place)
  const [php = ''] = readdirSync('/etc/apache2/mods-available').filter((file) => /^php.*\.load$/.test(file))
  return startApache({
    place,
    host,
    port,
    modules: [php.replace('.load', '')],
    env: { SIMPLESAMLPHP_CONFIG_DIR: place.path('config') },
    directives: 'Include /etc/simplesamlphp/apache.conf',
  })
}

const behind = (file: string, php: string) => `<?php\nrequire '/etc/simplesamlphp/${file}';\n${php}\n`

const placesOf = (place: Place) => `$config['certdir'] = '${place.path('cert')}/';
$config['metadatadir'] = '${place.path('metadata')}/';
if (is_file('${place.path('partner-metadata.xml')}')) {
  $config['metadata.sources'][] = ['type' => 'xml', 'file' => '${place.path('partner-metadata.xml')}'];
}`

/** A page as its manual shows it (simplesamlphp-sp, "Integrating authentication with your own application"). */
function writePages(place: Place): void {
  const begin = `<?php
require '/usr/share/simplesamlphp/lib/_autoload.php';
$sp = new SimpleSAML\\Auth\\Simple('default-sp');
`
  const signedIn = "echo 'Signed in as ' . $sp->getAuthData('saml:sp:NameID')->getValue() . '.';"
  place.write('site/protected/index.php', `${begin}$sp->requireAuth();\n${signedIn}\n`)
  place.write('site/logout.php', `${begin}$sp->logout('/left.html');\n`)
  place.write('site/left.html', 'Logged out here.\n')
}
