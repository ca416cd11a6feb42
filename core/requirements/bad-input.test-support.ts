import { readRequirements } from './requirement.test-support.ts'

const borrowed = 'idp/routes/borrowed-signatures sp-emulator/bad-xml-signature'
const hostile = 'idp/routes/hostile-xml sp-emulator/bad-document sp-emulator/bad-metadata'

/** The bad input that reaches an identity provider, a reader of metadata, or everybody; numbers are those of `spec/security.md` section 5. */
export const badInput = readRequirements(`
T01 | IdP | refused | a LogoutRequest without signature | idp/routes/slo-refused idp/routes/slo-by-post-refused idp/routes/slo-soap-refused |
T04 | IdP | refused | signed by a stranger, who brings the certificate along | idp/routes/slo-refused idp/routes/slo-by-post-refused idp/routes/slo-soap-refused |
T12 | IdP | refused | a processing instruction in the NameID, under a genuine signature | ${borrowed} |
T13 | IdP | refused | the original in an Object of the moved signature | ${borrowed} |
T14 | IdP | refused | the original in Extensions, beside the moved signature | ${borrowed} |
T15 | IdP | refused | the whole signed original in Extensions | ${borrowed} |
T16 | IdP | refused | the same ID, and a copy in Extensions | ${borrowed} |
T17 | IdP | refused | the same ID, and a copy in an Object | ${borrowed} |
T18 | IdP | refused | a captured signed Assertion inside | ${borrowed} |
T19 | IdP | refused | for another receiver | idp/routes/slo-refused idp/routes/near-misses idp/routes/slo-by-post-refused idp/routes/slo-soap-refused |
T20 | IdP | refused | for nobody | idp/routes/slo-refused idp/routes/slo-by-post-refused | by SOAP nobody needs a Destination
T21 | IdP | refused | in the name of somebody else | idp/routes/slo-refused idp/routes/near-misses idp/routes/slo-by-post-refused |
T22 | IdP | refused | expired an hour ago | idp/routes/slo-answered |
T24 | IdP | refused | the same request twice | idp/routes/slo-answered |
T38 | IdP | accepted | parameters in reverse order | idp/routes/slo-answered |
T42 | IdP | refused | signed with SHA-1 | idp/routes/slo-refused | where it is not tolerated, as it is unless told otherwise
T45 | IdP | refused | an HMAC keyed with the certificate | idp/routes/logout-keys |
T48 | IdP | refused | octets or a stream behind the DEFLATE stream | idp/routes/slo-refused idp/routes/slo-unreadable |
T49 | IdP | refused | base64 of another alphabet, padded wrongly, with junk | idp/routes/slo-refused idp/routes/slo-unreadable | line breaks in a form are passed over
T51 | all | refused | a DOCTYPE | ${hostile} |
T52 | all | refused | external entities, XInclude, schemaLocation | idp/routes/canary sp-emulator/canary | what may be there and is not followed is accepted, and nobody is called
T53 | all | refused | a billion laughs, one long entity many times | ${hostile} |
T54 | all | refused | too deep, too many attributes or namespaces | ${hostile} |
T55 | all | refused | a second root, text around the root | ${hostile} |
T61 | IdP | accepted | two SessionIndex: both sessions end | idp/routes/slo |
T62 | IdP | accepted | no SessionIndex: every session ends | idp/routes/slo |
T64 | IdP | refused | equal IDs, a Reference to everything, two, none, a Manifest | ${borrowed} |
T65 | IdP | refused | a Reference, a key or a cipher text that would have to be fetched | idp/routes/canary sp-emulator/canary |
T66 | IdP | refused | other transforms, too many, in another order, none | ${borrowed} |
T67 | IdP | refused | a relative namespace, the digest of nothing | ${borrowed} |
T68 | IdP | refused | comments and children in a digest, two SignedInfo, stray methods | ${borrowed} |
T69 | IdP | refused | a NameID in an Object, the signature twice | ${borrowed} |
T70 | IdP | refused | our own message, a key for encryption, the key of somebody else | idp/routes/slo-refused idp/routes/logout-keys |
T76 | IdP | harmless | a RelayState that leads elsewhere, or is too long | idp/routes/hostile-text | one that leads elsewhere is a text: it comes back to the service provider as it was
T77 | IdP | harmless | markup in RelayState, Issuer, StatusMessage | idp/routes/hostile-text | shown as text, and carried back as it was
T78 | IdP, metadata | refused | javascript:, data:, a user name, line breaks in an endpoint | core/saml/metadata/role sp-emulator/bad-metadata |
T80 | all | harmless | line breaks, escapes of a terminal, 100 kB, quotes of JSON in an Issuer or a RelayState | idp/routes/hostile-text-in-logs sp-emulator/bad-text-in-logs |
T82 | metadata | refused | addresses that lead elsewhere, no end, a DTD, expired, RSA-1024 | sp-emulator/realm/metadata/load-metadata idp/directory/valid-metadata idp/routes/logout-keys | a realm takes a key of 1024 bits, as a node does
`)
