import env from '#start/env'
import { SYSTEM_ACTOR } from '#core/actor'
import { newId } from '#core/ids'
import { record, type UnitOfWork } from '#ledger/public'
import { serverParty, witness } from '#draw/entropy/parties'
import { pinnedWitness, pinWitness, publishServerKey, type WitnessPin } from '#draw/entropy/trust_files'
import { drawKey } from '#draw/queries/draw_keys'

/**
 * Puts the fingerprints of the server's keys into the log, once, before any plan exists: so that nothing is
 * left to grind with (draw.md 3). @throws when the log names other keys than those on disk.
 */
export async function commitDrawKeys(): Promise<void> {
  const { vrfKey, saltKeyCommitment } = serverParty()
  await record(SYSTEM_ACTOR, async (unit) => {
    await lockKeys(unit)
    const before = await drawKey('server', unit.trx)
    if (before) return assertSame('server', before, { vrfKey, companion: saltKeyCommitment })
    await insertKey(unit, 'server', vrfKey, saltKeyCommitment)
    unit.entry({ stream: 'draw', type: 'draw.keys_committed', payload: { vrfKey, saltKeyCommitment } })
  })
  publishServerKey(env.get('VAR_DIR'), vrfKey)
}

export type WitnessStanding =
  | { code: 'pinned'; pin: WitnessPin }
  | { code: 'witness_missing' | 'witness_unreachable' | 'witness_key_changed' }

/** Pins the witness's public keys on its first answer; later it must come with the same ones. */
export async function ensureWitnessPinned(): Promise<WitnessStanding> {
  const known = await drawKey('witness')
  const client = witness()
  if (known) {
    const pin = { vrfKey: known.vrfKey, signingKey: known.companion }
    const file = pinnedWitness(env.get('VAR_DIR'))
    if (!file) pinWitness(env.get('VAR_DIR'), pin)
    else if (file.vrfKey !== pin.vrfKey) return { code: 'witness_key_changed' }
    return { code: 'pinned', pin }
  }
  if (!client) return { code: 'witness_missing' }
  const answer = await client.keys()
  if (!answer.ok) return { code: 'witness_unreachable' }
  const { vrfKey, signingKey } = answer.value
  await record(SYSTEM_ACTOR, async (unit) => {
    await lockKeys(unit)
    const before = await drawKey('witness', unit.trx)
    if (before) return assertSame('witness', before, { vrfKey, companion: signingKey })
    await insertKey(unit, 'witness', vrfKey, signingKey)
    unit.entry({ stream: 'draw', type: 'draw.witness_pinned', payload: { vrfKey, signingKey } })
  })
  pinWitness(env.get('VAR_DIR'), { vrfKey, signingKey })
  return { code: 'pinned', pin: { vrfKey, signingKey } }
}

async function lockKeys(unit: UnitOfWork): Promise<void> {
  await unit.trx.rawQuery("SELECT pg_advisory_xact_lock(hashtext('draw_keys'))")
}

async function insertKey(unit: UnitOfWork, party: string, vrfKey: string, companion: string): Promise<void> {
  await unit.insert('draw_keys', { id: newId(), party, vrf_key: vrfKey, companion, committed_at: unit.at })
}

type KeyPair = { vrfKey: string; companion: string }

function assertSame(party: string, logged: KeyPair, own: KeyPair): void {
  if (logged.vrfKey === own.vrfKey && logged.companion === own.companion) return
  throw new Error(`The ${party}'s draw keys are not those that the log committed to`)
}
