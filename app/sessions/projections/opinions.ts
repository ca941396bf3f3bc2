import { newId } from '#core/ids'
import type { EventData } from '#lib/room/events'
import type { Projecting } from '#sessions/projections/project'

type Data<T extends keyof EventData> = EventData[T]

/** Submitted opinions, and what becomes of them. */
export const OPINION_PROJECTIONS = {
  'opinion.sealed': async (
    { unit, session, seatId, after }: Projecting,
    { opinionId, label }: Data<'opinion.sealed'>
  ) => {
    const { page, region, place, finding, basis, requirement, kind, defect, chapter } =
      after.own.sealed[opinionId]!.fields
    await unit.insert('session_opinions', {
      id: opinionId,
      review_id: session.review_id,
      seat_id: seatId,
      number: Number(label.replace(/^\D+/, '')),
      label,
      page,
      region,
      place,
      finding,
      basis,
      requirement,
      kind,
      settled_kind: null,
      defect,
      chapter,
      state: 'SUBMITTED',
      item_id: null,
      left_out_because: null,
      answer_agrees: null,
      answer_reason: null,
      submitted_at: unit.at,
      revealed_at: null,
    })
  },
  'own.complete': async ({ unit, seatId }: Projecting, { nothingBecause }: Data<'own.complete'>) => {
    await unit.update('session_seats', seatId!, { complete_at: unit.at, nothing_because: nothingBecause })
  },
  'opinion.revealed': async ({ unit, session }: Projecting, { opinionId }: Data<'opinion.revealed'>) => {
    await unit.update('session_opinions', opinionId, { state: 'REVEALED', revealed_at: unit.at })
    const open = await unit.trx
      .from('review_sessions')
      .where('id', session.id)
      .whereNull('revealed_at')
      .first()
    if (open) await unit.update('review_sessions', session.id, { revealed_at: unit.at })
  },
  'seat.complete': async ({ unit, session }: Projecting) => {
    const open = await unit.trx
      .from('review_sessions')
      .where('id', session.id)
      .whereNull('revealed_at')
      .first()
    if (open) await unit.update('review_sessions', session.id, { revealed_at: unit.at })
  },
  'opinion.left_out': async ({ unit }: Projecting, { opinionId, reason }: Data<'opinion.left_out'>) => {
    await unit.update('session_opinions', opinionId, {
      state: 'LEFT_OUT',
      left_out_because: reason,
      answer_agrees: null,
      answer_reason: null,
    })
  },
  'opinion.taken_back': async ({ unit }: Projecting, { opinionId }: Data<'opinion.taken_back'>) => {
    await unit.update('session_opinions', opinionId, {
      state: 'REVEALED',
      left_out_because: null,
      answer_agrees: null,
      answer_reason: null,
    })
  },
  'opinion.answered': async (
    { unit }: Projecting,
    { opinionId, agree, reason }: Data<'opinion.answered'>
  ) => {
    await unit.update('session_opinions', opinionId, { answer_agrees: agree, answer_reason: reason })
  },
  'defect.withdrawn': async (context: Projecting, { opinionId, page, reason }: Data<'defect.withdrawn'>) => {
    await answer(context, {
      opinionId,
      act: 'withdraw',
      toKind: context.after.panel.opinions[opinionId]!.fields.kind,
      page,
      reason,
    })
  },
  'defect.proposed': async (
    context: Projecting,
    { opinionId, to, page, reason }: Data<'defect.proposed'>
  ) => {
    await answer(context, { opinionId, act: 'reclassify', toKind: to, page, reason })
  },
  'defect.agreed': async (context: Projecting, { opinionId }: Data<'defect.agreed'>) => {
    const { to, page, reason } = context.after.panel.opinions[opinionId]!.defect!.proposal!
    await answer(context, { opinionId, act: 'reclassify', toKind: to, page, reason })
  },
  'defect.settled': async ({ unit }: Projecting, { opinionId, kind }: Data<'defect.settled'>) => {
    await unit.update('session_opinions', opinionId, { settled_kind: kind })
  },
}

async function answer(
  { unit, session, seatId }: Projecting,
  given: { opinionId: string; act: 'withdraw' | 'reclassify'; toKind: string; page: number; reason: string }
): Promise<void> {
  await unit.insert('session_defect_answers', {
    id: newId(),
    review_id: session.review_id,
    opinion_id: given.opinionId,
    seat_id: seatId,
    act: given.act,
    to_kind: given.toKind,
    page: given.page,
    reason: given.reason,
    at: unit.at,
  })
}
