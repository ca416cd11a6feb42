import { createPrivateKey, createPublicKey, type KeyPairKeyObjectResult } from 'node:crypto'

/** Of 1024 bits each, made by openssl, the first two bits set: the product of any two has 2048, and none is one more than a multiple of the exponent. */
const primes = [
  '0KsuhABf08jvh9BU3iOpMOUf718e81PF9r5K7uKxc4UYwV4PF2QZcImSgPL9xGgU4NFQ1uTJu7KSmV2OivimSTYmwDaxhvco4d6nSIMax80i7RnOicHeVPOGY64EfZgXSvXJlj_HH2wSimOwuFMNi1_kvlml7VQMa3xVJDG89ms',
  '3gYvwp0SS5fS_cjrGudNsBVMhNmH87oP_rp6b_KCNljltNkxHw8sNbI_DVbIFifoHPF8Fj49T7wCOO7PbLRuaNr8eOCr8Q7ZFVlwNtuOLJjAvnX1ADaBy6FmQ3oOxqbJrMi1QonaKylJZjFvJ8El3oXJZun6oKSYcReuIJBfTtE',
  '3BDs4syoRSkDoVsyFf59FiglYJbqrRIX5aVAaKfJI9J55jG25wxZwmJcTDMJ9QsiSq26eBoB3gXRyNezmNc2VcOghJ6qQnOsqqYtCMynC5Kekt_az320rvWagFTTfx1db2KVI64czVrPjR1j65x-cRO8E6OrnnYZbHo2yKq4Gu0',
  '2xvCIKLa2pjZktwQhQo7xkzucVJGIKxI8luQKbz3PVR9tbH20QxtKDLPgYxxNmlGP-M7yF_mLgneQCmS0ynPQnqU4j8APUxXhjdk-ghQ2tEN46hU-TbAYAV3s1ISm1fEaIiu1jFxEMkult5ZJuw8IQx8I8ZPglfgc6-JRUXAhD8',
  '_bVc70_3_JEh4fCABYMiEX31nGaeNhW73G7BkHTMo5xZBql60tqG3veNg16facp7SIONs__F6h_rECUlqv-uF2Pg-x4mlSS5IJOrimGqU-3HI_SIXHopbgYLXE9FVgVeQ7eezPSlh7QJp2lFLV3oE5YkCiR-2YYyx-Q4jS4ZNsc',
  '0lrz0kPbMuhQt-7iwNx7XN927QwGE8d55TKEnJrJRPoAnPNqEOugSGe4phvOS1LprYt7xmfZYLiotQvF-AQJh3Xcmfs3LL-t036QmEePG0YaVqPaLd1ImRGrOjeQBupf0DIqGGKFoEGi4fQs3uRX1nTi9busaNWjP-jBZHApTeE',
  '20eYSUAeyfgu0I2HpThcHSm9Aj-v_zl47Peq9WTDUJI2ReGVMsehymX323u7eEq60JIkcEhIZJuRpiCAlCGCin_v7EJLnGZvLCrXPAPEOfekvcArO-HGTCV5fLURuczuKYHJLjHIOwdKKA7P_poGdJL9ccwDFyhwM8YhDQT-SxE',
  '8Fivt4gOyz2d7Cj5ylZOYNorOqM8ncIp6PcS_idfZItfcrhPPID9hBlle4zZIC40VZZzWgi6w-Lby75LXc-Wz-1JSG4qY69fp9MjOIfQdHxclyBrwljprfxRtXpCQtEcgtUkSEniTS13VFtvcSASDmoD1ZuHKQ9Moyl7cMkTtKM',
  '1RlDM77aHrBM1_bZGBKEAaMLwvgi1Q6SKAxkZa_DpHRikhwEMay-UCEssji12Y1S_l1aDEsVHQseVEVr3EmRT5kD_zybcleEo9JxQEtJySC7k27lQwflvT-fpFE7ok0G3X9ewsGx8L1IyNDHIt4FrKKhYRTbV1z0EtO0LwMByCE',
  'wmOdHPNY8OxvuCMGLw_urHMGh7kXjFduCVLzdpXOUu6jJX0smXP0e1Sk84DRljIiJTNt-5ssPaaVWw_yZbjJksMHTaL26RAKsMHAIGyAScCO-iRuJzIlhlMkaUJ9OTrS4UZWFvj15bjDDSCSF6JUEgJIneLi0Lpb7jtyuyNJ5B0',
  '7H523TRbCSjLSwM5VPeV1yGbIh2QEFzx2CyjhlwCqhJW2Bwvyz5yjuwwExdS7oxUed_yDzvj-4Yr9_YED4cY08XN7Ax_Btc2riZcgh7o7asQUti1K8Yk1z1jyh5CI4qpvuGtRn7KygvZpt_RFAnp-tLtobQVHwdWZ6Sdp1R3r9U',
  '4J60bGYBcx6sMR66ygAY_JJfD1AcuwD0qNJvDIvrQew7ZRA8vCdLm3KjeTeILb7pEEyNfaG4prpqDa3du55anNHJdhuXenGgVIQiL4kKylVSH_p33X6VtGWtjsIrLbVevA8_L_HUIksQJrdt_S162Eb9_RVOqO0aJJ8uoA7yPFM',
].map((base64) => BigInt(`0x${Buffer.from(base64, 'base64url').toString('hex')}`))

const exponent = 65_537n

const pairs = primes.flatMap((p, index) => primes.slice(index + 1).map((q) => [p, q] as const))

/** Another RSA key of 2048 bits at each call, in a fraction of the time that looking for its primes takes; undefined when none is left. For tests: whoever has two of them can work out others. */
export function nextKeys(): KeyPairKeyObjectResult | undefined {
  const pair = pairs.shift()
  return pair && keysOf(...pair)
}

function keysOf(p: bigint, q: bigint): KeyPairKeyObjectResult {
  const d = inverse(exponent, (p - 1n) * (q - 1n))
  const numbers = { n: p * q, e: exponent, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
  const encoded = Object.entries(numbers).map(([name, value]) => [name, base64url(value)] as const)
  const privateKey = createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries(encoded) }, format: 'jwk' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** Euclid's: the number whose product with `value` leaves one when it is divided by `modulus`. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [rest, last, factor, lastFactor] = [value % modulus, modulus, 1n, 0n]
  while (rest > 1n) {
    const times = last / rest
    ;[last, rest] = [rest, last - times * rest]
    ;[lastFactor, factor] = [factor, lastFactor - times * factor]
  }
  return factor < 0n ? factor + modulus : factor
}

function base64url(value: bigint): string {
  const hex = value.toString(16)
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex').toString('base64url')
}
