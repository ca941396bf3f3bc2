import { fromHex, toHex } from '#lib/bytes'
import { vrfProve } from '#lib/vrf'
import { secrets } from '#draw/entropy/parties'

/** The server's proof over an input of 32 bytes, both in hex: the same whenever it is asked for. */
export function serverProof(input: string): string {
  return toHex(vrfProve(secrets().vrf, fromHex(input)))
}
