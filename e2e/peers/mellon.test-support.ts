import { startApache } from './apache.test-support.ts'
import type { Peer, PeerKind, PeerStart } from './peer.test-support.ts'
import { makeCertificate } from './place.test-support.ts'

/** mod_auth_mellon, told its keys, the metadata of its IdP and what it protects. */
export const mellonByDefault = mellonWith('')

/**
 * The same with the one setting that it needs to be of use: by default its cookie says SameSite=None and not Secure, which browsers refuse.
 */
export const mellon = mellonWith('MellonSecureCookie On')

function mellonWith(setting: string): PeerKind {
  return {
    name: 'mellon',
    host: 'mellon.localhost',
    metadataPath: '/mellon/metadata',
    start: (how) => start(how, setting),
  }
}

async function start({ place, host, port, url, idp }: PeerStart, setting: string): Promise<Peer> {
  makeCertificate(place, 'sp', [host])
  place.write('idp-metadata.xml', idp.metadata)
  place.write('site/index.shtml', 'Logged out here.\n')
  place.write('site/protected/index.shtml', 'Signed in as <!--#echo var="REMOTE_USER" -->.\n')
  const directives = `<Location />
  MellonEndpointPath /mellon
  MellonSPPrivateKeyFile ${place.path('sp.key')}
  MellonSPCertFile ${place.path('sp.crt')}
  MellonIdPMetadataFile ${place.path('idp-metadata.xml')}
  ${setting}
</Location>
<Location /protected>
  AuthType Mellon
  MellonEnable auth
  Require valid-user
</Location>`
  const { stop } = await startApache({ place, host, port, modules: ['auth_mellon'], directives })
  const logout = `${url}/mellon/logout?ReturnTo=${encodeURIComponent(`${url}/`)}`
  return { page: `${url}/protected/`, logout, stop }
}
