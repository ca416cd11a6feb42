import { existsSync } from 'node:fs'
import { ask } from './ask.test-support.ts'
import type { Place } from './place.test-support.ts'
import { type Program, startProgram } from './program.test-support.ts'

interface Site {
  readonly place: Place
  readonly host: string
  readonly port: number
  /** Names of Debian's modules, beside those of a plain site. */
  readonly modules: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Directives of the site. */
  readonly directives: string
}

const plainModules = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_host', 'authz_user', 'alias', 'dir', 'env']
const pageModules = ['mime', 'filter', 'include', 'socache_shmcb', 'ssl']

/** Apache with a site behind https in the folder of a peer, with the certificate `tls.crt` and pages in `site/`. */
export function startApache({ place, host, port, modules, env = {}, directives }: Site): Promise<Program> {
  const config = place.write(
    'apache.conf',
    `ServerRoot ${place.folder}
PidFile ${place.path('apache.pid')}
DefaultRuntimeDir ${place.folder}
ErrorLog ${place.path('apache.log')}
Listen 127.0.0.1:${port}
User www-data
Group www-data
${[...plainModules, ...pageModules, ...modules].flatMap(filesOf).join('\n')}
UseCanonicalName On
ServerName https://${host}:${port}
DocumentRoot ${place.path('site')}
DirectoryIndex index.php index.shtml
AddType text/html .shtml
AddOutputFilter INCLUDES .shtml
<Directory ${place.path('site')}>
  Options +Includes
  Require all granted
</Directory>
SSLEngine on
SSLCertificateFile ${place.path('tls.crt')}
SSLCertificateKeyFile ${place.path('tls.key')}
${directives}
`,
  )
  return startProgram({
    command: 'apache2',
    args: ['-f', config, '-DFOREGROUND'],
    env,
    folder: place.folder,
    isReady: async () => (await ask(`https://${host}:${port}/`)) !== undefined,
  })
}

/** What Debian's `a2enmod` would take; the settings of mod_ssl name folders of Debian's own Apache. */
function filesOf(module: string): string[] {
  const files = module === 'ssl' ? ['ssl.load'] : [`${module}.load`, `${module}.conf`]
  const available = files.map((file) => `/etc/apache2/mods-available/${file}`)
  return available.filter((file) => existsSync(file)).map((file) => `Include ${file}`)
}
