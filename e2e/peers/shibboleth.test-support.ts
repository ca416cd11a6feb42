import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { startApache } from './apache.test-support.ts'
import type { Peer, PeerKind, PeerStart } from './peer.test-support.ts'
import type { Place } from './place.test-support.ts'
import { startProgram } from './program.test-support.ts'

/** Shibboleth SP: its files as Debian installs them, but for names, keys, places and the metadata of its IdP. */
export const shibboleth: PeerKind = {
  name: 'shibboleth',
  host: 'shibboleth.localhost',
  metadataPath: '/Shibboleth.sso/Metadata',
  start,
}

async function start({ place, host, port, url, idp }: PeerStart): Promise<Peer> {
  configure(place, { host, url, idp })
  place.write('site/protected/index.shtml', 'Signed in as <!--#echo var="Shib-Session-ID" -->.\n')
  const config = place.path('shibboleth/shibboleth2.xml')
  // Each stands for the folder above one that is called shibboleth.
  const env = {
    SHIBSP_CFGDIR: place.folder,
    SHIBSP_RUNDIR: place.path('run'),
    SHIBSP_LOGDIR: place.path('log'),
    SHIBSP_CACHEDIR: place.path('cache'),
  }
  const daemon = await startProgram({
    command: 'shibd',
    args: ['-F', '-f', '-c', config, '-p', place.path('run/shibboleth/shibd.pid')],
    env,
    folder: place.folder,
    isReady: async () => existsSync(place.path('run/shibboleth/shibd.sock')),
  })
  const directives = `ShibConfig ${config}
Include /etc/apache2/conf-available/shib.conf
<Location /protected>
  AuthType shibboleth
  ShibRequestSetting requireSession 1
  Require shib-session
</Location>`
  const apache = await startApache({ place, host, port, env, modules: ['shib'], directives }).catch(
    async (error: unknown) => {
      await daemon.stop()
      throw error
    },
  )
  const stop = async () => {
    await apache.stop()
    await daemon.stop()
  }
  return { page: `${url}/protected/`, logout: `${url}/Shibboleth.sso/Logout`, stop }
}

function configure(place: Place, { host, url, idp }: Pick<PeerStart, 'host' | 'url' | 'idp'>): void {
  cpSync('/etc/shibboleth', place.path('shibboleth'), { recursive: true })
  for (const folder of ['run', 'log', 'cache']) mkdirSync(place.path(`${folder}/shibboleth`), { recursive: true })
  chmodSync(place.path('log/shibboleth'), 0o777)
  for (const name of ['sp-signing', 'sp-encrypt']) {
    const args = ['-f', '-o', place.path('shibboleth'), '-n', name, '-h', host, '-u', String(process.getuid?.())]
    execFileSync('shib-keygen', args, { stdio: 'ignore' })
  }
  place.write('shibboleth/idp-metadata.xml', idp.metadata)
  replaceIn(place, 'shibboleth/shibd.logger', [['/var/log/shibboleth/', `${place.path('log/shibboleth')}/`]])
  const localMetadata = '<MetadataProvider type="XML" validate="true" path="partner-metadata.xml"/>'
  replaceIn(place, 'shibboleth/shibboleth2.xml', [
    ['https://sp.example.org/shibboleth', `${url}/shibboleth`],
    ['https://idp.example.org/idp/shibboleth', idp.entityId],
    // It stands in a comment.
    [localMetadata, `-->${localMetadata.replace('partner', 'idp')}<!--`],
  ])
}

function replaceIn(place: Place, file: string, changes: readonly (readonly [string, string])[]): void {
  let text = place.read(file)
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the ${file} of this version says nothing of [${from}]`)
    text = text.replaceAll(from, to)
  }
  place.write(file, text)
}
