import { readRequirements } from './requirement.test-support.ts'

/** What SAML 2.0 and its deployment profiles ask of single logout; the numbers and where each comes from are those of `spec/security.md` section 3. */
export const logoutRequirements = readRequirements(`
C001 | both | must | A LogoutRequest is valid under the schema, of version 2.0, with an ID and an instant in UTC | idp/emitted core/saml/messages/logout-request |
C002 | both | must | No ID is ever used twice | core/server/ids |
C003 | both | must | The Issuer is the entity id of the sender, and of no other Format | idp/routes/slo idp/routes/slo-refused idp/routes/near-misses |
C004 | both | must | A request proves who sent it | idp/emitted idp/routes/slo-refused idp/routes/slo-by-post-refused |
C005 | both | must | The principal is named by all four parts of the identifier that was issued | idp/sessions/name-id-match idp/routes/slo-answered |
C006 | SP | must | A service provider names at least one SessionIndex | sp-emulator/realm/write/logout-redirects |
C007 | IdP | may | A request without SessionIndex means every session of the principal | idp/routes/slo | the identity provider itself always names one
C008 | both | may | Every SessionIndex of a request counts | idp/routes/slo | a realm acts on the first alone, as a node does
C009 | both | may | Nobody acts on a request at its NotOnOrAfter or later | idp/routes/slo-answered |
C010 | both | must | A Reason is a URI | idp/routes/slo |
C011 | both | may | The principal is named by a NameID, a BaseID or an EncryptedID | sp-emulator/realm/judge/accept-encrypted-logout idp/routes/encrypted-id | nobody issues a BaseID, and none is known
C012 | both | must | A signature in the document is enveloped, over the root, with one Reference and only the two transforms | core/saml/signature/enveloped-signature idp/routes/slo-by-post |
C013 | both | should | Canonicalisation is exclusive, and nobody depends on KeyInfo | core/saml/signature/enveloped-signature |
C014 | both | must | A signed message that a browser carries names its receiver, who compares it | idp/routes/slo-refused idp/routes/near-misses |
C015 | both | may | A request may want no answer | idp/reports |
C016 | both | must | A Consent and extensions that nobody understands are passed over | idp/routes/slo-answered idp/reports |
C020 | both | must | A LogoutResponse names its Issuer | idp/routes/slo idp/routes/logout-response |
C021 | both | must | A LogoutResponse proves who sent it | idp/routes/logout-response |
C022 | both | must | A LogoutResponse names the request that it answers | idp/routes/slo | what cannot be read is answered on a page, and by no message
C023 | both | must | The first status code is one of the four of SAML | idp/routes/slo-answered idp/routes/slo core/saml/messages/logout-response |
C024 | IdP | must | Success with PartialLogout below it when somebody did not confirm | idp/routes/slo |
C025 | both | must | A LogoutResponse for somebody else is not believed | idp/routes/logout-response idp/routes/near-misses |
C026 | SP | must | Who cannot end a session answers with an error | idp/routes/slo-answered | kept by the identity provider; a realm always answers Success, as a node does
C027 | both | must | One Status; what its message and detail say changes nothing | core/saml/messages/logout-response idp/routes/logout-response |
C028 | both | must | Another version is answered with VersionMismatch, too low or too high | idp/routes/slo-answered |
C030 | SP | must | Nothing is done before it is known who sent the request | sp-emulator/bad-logout-request |
C031 | SP | must | The sessions that NameID and SessionIndex name end, and the request is answered | sp-emulator/logout-by-idp |
C032 | SP | must | Without SessionIndex every session of the principal ends | sp-emulator/logout-by-idp | a login that has a session stays, as at a node
C033 | SP | must | An assertion that arrives after the logout of its session is refused | | not claimed: a node has no such memory, so a realm has none
C034 | IdP | must | A request of one participant ends the session and reaches every other one, then the requester is answered | idp/routes/slo |
C035 | IdP | must | Identifier and SessionIndex decide which sessions are meant | idp/routes/slo |
C036 | IdP | must | A proxy tells its own authority first | | not claimed: there is no proxy
C037 | IdP | should | Who cannot be reached holds up nobody else, and a person can go on | idp/routes/slo idp/routes/slo-soap-failures |
C038 | IdP | must | Success when the session of the identity provider ended, whoever else was reached | idp/routes/slo |
C039 | IdP | must | The answer goes to the ResponseLocation where there is one | idp/routes/slo idp/routes/slo-by-post |
C040 | both | may | A logout begins at the identity provider, by a person, an administrator or a timeout | idp/routes/slo | by a person; a session that is over by its lifetime is forgotten, and nobody is told
C041 | both | must | RelayState comes back as it was | idp/routes/slo idp/routes/slo-by-post idp/routes/tolerated sp-emulator/logout-by-idp |
C042 | both | must not | A failure is told by a SAML status and no HTTP error, where it is known whom to tell | idp/routes/slo-answered idp/routes/slo-soap |
C043 | SP | note | The web application owns this, not the API of Elasticsearch | | not claimed: a refused message gives the application nothing to send, so it shows a page with the status of Elasticsearch
C050 | both | must not | A RelayState has at most 80 octets | idp/routes/slo-answered idp/routes/tolerated | a longer one is tolerated unless told otherwise
C051 | both | must | The query of an endpoint stays | core/saml/bindings/redirect idp/routes/slo |
C052 | both | should | Nobody caches what carries a message by Redirect | idp/routes/slo |
C053 | both | should | Nobody caches a page that carries a message by POST | idp/routes/slo-by-post |
C054 | both | note | What some service providers send for it | | not claimed: there is nothing to do
C055 | both | must | By Redirect the document has no signature of its own | idp/emitted |
C056 | both | must | Raw DEFLATE, base64 without line breaks, escapes | idp/emitted core/saml/bindings/deflate |
C057 | both | must | The parameters have the names of the binding | core/saml/bindings/redirect idp/routes/slo |
C058 | both | must | The signature is over message, RelayState and SigAlg in this order | core/saml/bindings/redirect idp/emitted |
C059 | both | must | It is verified over the octets that arrived | core/saml/bindings/redirect idp/routes/slo-refused |
C060 | both | must | RSA with SHA-256 is understood, MD5 never, SHA-1 where it is tolerated | idp/routes/slo-refused |
C061 | both | must | A signed message without Destination, or for another, is refused | idp/routes/slo-refused |
C062 | both | must | Endpoints are http or https addresses | core/saml/metadata/role |
C063 | both | should | Addresses stay under 8 000 characters | idp/emitted |
C070 | both | must | A form carries base64 of the document, not deflated | idp/routes/slo-by-post core/saml/bindings/post |
C071 | both | must | RelayState is a field of its own, of at most 80 octets | idp/routes/slo-by-post idp/routes/hostile-text core/saml/bindings/post |
C072 | both | must | The form goes to the endpoint by POST | idp/routes/slo-by-post |
C073 | both | may | Other fields are allowed, and never needed | idp/routes/slo-unreadable |
C074 | both | must | A form works without scripts | idp/routes/slo-by-post |
C075 | both | must | A message in a form is signed in itself | idp/routes/slo-by-post |
C076 | both | must | Line breaks in the base64 of a form are passed over | idp/routes/slo-unreadable core/saml/bindings/post |
C080 | both | may | SOAP 1.1 as text/xml with one message; faults for what is none, and a SAML status for the rest | idp/routes/slo-soap idp/routes/slo-soap-calls idp/routes/slo-soap-failures idp/routes/slo-soap-refused core/saml/bindings/soap | the identity provider alone: a realm has no address for calls
C081 | both | must | Metadata says where logout messages go, by which bindings | idp/emitted idp/routes/slo-soap |
C082 | IdP | must | An assertion names its session | idp/routes/sso |
C083 | both | must | The key that signs is published for signing | idp/emitted |
C084 | both | should | Several keys of a peer count at the same time | idp/routes/logout-keys core/saml/signature/enveloped-signature |
C085 | both | must | Other metadata counts without a new start | idp/routes/logout-keys |
C100 | IdP | must | Transient identifiers can be issued | idp/directory/name-ids |
C101 | IdP | must | Single logout is supported, whether or not others are told | idp/routes/slo | others are always told
C102 | IdP | may | A person may keep the session of the identity provider | idp/routes/logout-behaviour | the world says so with session: keep, nobody is asked
C103 | both | must | Requests and answers travel by Redirect | idp/routes/slo e2e/two-drivers.spec.ts |
C104 | both | must | They are signed as Redirect wants it | idp/emitted |
C105 | both | must not | The NameID in a LogoutRequest is not encrypted | idp/routes/slo sp-emulator/realm/write/logout-redirects |
C106 | both | must | Two keys for decryption serve at the same time | core/saml/encryption/decrypt-element sp-emulator/realm/judge/accept-encrypted-response idp/routes/encrypted-id |
C107 | IdP | must | The status says whether the session of the identity provider ended | idp/routes/slo |
C108 | SP | must not | A LogoutRequest needs no frame and no cookie of a third party | sp-emulator/webapp/routes/logout |
C109 | SP | must | The NameID is copied with all of its parts | sp-emulator/realm/write/logout-redirects |
C110 | SP | must | The own session ends before the request is sent | sp-emulator/login-and-logout |
C111 | SP | must not | A session that nobody used ends without a LogoutRequest | sp-emulator/webapp/routes/expiry |
C112 | SP | should | One entity id for each host | | not claimed: the configuration of a realm decides, and each application of ours has its own
C113 | SP | note | A service provider need not take LogoutRequests | | not claimed: a realm takes them
C114 | both | must | Clocks may differ by three to five minutes | idp/routes/slo-answered |
C115 | both | must | No text that we send has more than 256 characters | idp/emitted | but what a world, a user or a peer gives
C116 | both | must | Nothing that we send has a DOCTYPE | idp/emitted |
C117 | both | must | RSA keys have 2048 bits or more | core/saml/credentials idp/routes/logout-keys | a realm takes shorter ones, as a node does
C118 | both | must | AES-GCM and RSA-OAEP are understood | core/saml/encryption/xmlsec-agreement |
C119 | both | must | Weak algorithms can be blocked: MD5 and RSA-1_5 always are | idp/routes/slo-refused idp/routes/tolerated core/saml/encryption/decrypt-element | beyond that only SHA-1 is a choice
`)
