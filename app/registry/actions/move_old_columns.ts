import db from '@adonisjs/lucid/services/db'
import { SYSTEM_ACTOR } from '#core/actor'
import { newId } from '#core/ids'
import { record } from '#ledger/public'
import { foundGroup, joinGroup } from '#registry/actions/keep_groups'

/**
 * Leaves and groups of companies were columns once (of experts and of organisations); a database from then
 * has them moved into their tables, on record as every change is, so that the log still folds to the tables.
 * Does nothing from the second start on.
 */
export async function moveOldColumns(): Promise<void> {
  const leave = await db.from('experts').whereNotNull('leave_from').select('id').first()
  const group = await db.from('organisations').whereNotNull('group_name').select('id').first()
  if (!leave && !group) return
  await record(SYSTEM_ACTOR, async (unit) => {
    const away = await unit.trx.from('experts').whereNotNull('leave_from').orderBy('id').forUpdate()
    for (const expert of away) {
      await unit.insert('expert_leaves', {
        id: newId(),
        expert_id: expert.id,
        from_day: expert.leave_from,
        until_day: expert.leave_until ?? expert.leave_from,
        reason: '',
        by_user_id: null,
        created_at: unit.at,
      })
      await unit.update('experts', expert.id, { leave_from: null, leave_until: null })
    }
    const grouped = await unit.trx.from('organisations').whereNotNull('group_name').orderBy('id').forUpdate()
    for (const { id, group_name: name } of grouped) {
      const groupId = await foundGroup(unit, name)
      const joined = await joinGroup(unit, {
        groupId,
        organisationId: id,
        from: null,
        until: null,
        reason: '',
      })
      if (!joined.ok) throw new Error(`Organisation ${id}: ${joined.error.code}`)
      await unit.update('organisations', id, { group_name: null })
    }
    if (away.length + grouped.length === 0) return
    const payload = { leaves: away.length, companies: grouped.length }
    unit.entry({ stream: 'registry', type: 'library.columns_moved', payload })
  })
}
