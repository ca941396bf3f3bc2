import { SYSTEM_ACTOR } from '#core/actor'
import { newId } from '#core/ids'
import { CLOSING_TYPE } from '#lib/ledger/leaf'
import { ownCheckpointer, record } from '#ledger/public'

const STREAMS = 7
const EVERY = 75

/**
 * More entries by the application's own hand: several streams by turns, some of them closed, with a checkpoint now and
 * then. The last checkpoint covers all of them.
 */
export async function lengthen(from: number, more: number): Promise<void> {
  for (let index = from; index < from + more; index++) {
    const turn = Math.floor((index - from) / STREAMS)
    const stream = `made/${from + (index % STREAMS)}/${Math.floor(turn / 5)}`
    await record(SYSTEM_ACTOR, async (unit) => {
      const id = newId()
      await unit.insert('organisations', {
        id,
        name: `机构 ${id}`,
        kind: 'employer',
        group_name: null,
        created_at: unit.at,
      })
      unit.entry({ stream, type: turn % 5 === 4 ? CLOSING_TYPE : 'organisation.created', payload: {} })
    })
    if (index % EVERY === 0) await ownCheckpointer().round()
  }
  const last = await ownCheckpointer().round()
  if (last.code !== 'standing' || last.size < from + more)
    throw new Error(`no checkpoint: ${JSON.stringify(last)}`)
}
